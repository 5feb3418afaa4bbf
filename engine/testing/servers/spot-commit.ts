/** Which protocol a client speaks. */
export type Wire = 'postgresql' | 'mysql'

/** As much of a message as is looked at. */
const HEAD_BYTES = 48
const COMMIT = /^commit\b/i

/**
 * Looks for a COMMIT in what a client sends, wherever the network cuts its bytes. Gives a function that takes them in order and says
 * whether one of the messages that end or begin in them is a COMMIT (PostgreSQL: Query or Parse; MySQL: COM_QUERY or COM_STMT_PREPARE).
 */
export function commitSpotter(wire: Wire): (bytes: Buffer) => boolean {
  let rest: Buffer = Buffer.alloc(0)
  let passedOver = 0
  let isFirst = true
  return (bytes) => {
    let isCommit = false
    const skipped = Math.min(passedOver, bytes.length)
    passedOver -= skipped
    rest = Buffer.concat([rest, bytes.subarray(skipped)])
    for (;;) {
      const total = messageBytes(wire, rest, isFirst)
      if (total === undefined || rest.length < Math.min(total, HEAD_BYTES)) return isCommit
      if (!isFirst && isCommitMessage(wire, rest.subarray(0, Math.min(total, HEAD_BYTES)))) isCommit = true
      isFirst = false
      passedOver = Math.max(0, total - rest.length)
      rest = rest.subarray(Math.min(total, rest.length))
    }
  }
}

/** Bytes of the message that `bytes` begin with, header included; undefined while that cannot be told. */
function messageBytes(wire: Wire, bytes: Buffer, isFirst: boolean): number | undefined {
  if (wire === 'mysql') return bytes.length < 4 ? undefined : 4 + bytes.readUIntLE(0, 3)
  // The first message of PostgreSQL has no letter before its length.
  const at = isFirst ? 0 : 1
  return bytes.length < at + 4 ? undefined : at + bytes.readUInt32BE(at)
}

function isCommitMessage(wire: Wire, head: Buffer): boolean {
  if (wire === 'mysql')
    return head[3] === 0 && (head[4] === 0x03 || head[4] === 0x16) && COMMIT.test(head.toString('latin1', 5))
  const letter = String.fromCharCode(head[0] ?? 0)
  if (letter === 'Q') return COMMIT.test(head.toString('latin1', 5))
  return letter === 'P' && COMMIT.test(head.toString('latin1', head.indexOf(0, 5) + 1))
}
