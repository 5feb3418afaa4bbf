import { type Cipheriv, createCipheriv } from 'node:crypto'

/** What an FF1 permutation is chosen by; `key` has 16, 24 or 32 bytes. */
export interface Ff1Choice {
  readonly key: Buffer
  readonly tweak: Buffer
  readonly radix: number
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'
const LEAST_DOMAIN = 1_000_000n

/**
 * FF1 of NIST SP 800-38G (rev. 1): a text of digits of the radix (2 to 36, lower case) to another of the same length.
 * @throws RangeError for fewer than a million texts of that length: such a permutation could be tabulated.
 */
export function ff1Encrypt(choice: Ff1Choice, text: string): string {
  const rounds = ff1Rounds(choice, text.length)
  let [a, b] = halves(text)
  for (let i = 0; i < 10; i++) [a, b] = [b, rounds.added({ round: i, half: a, other: b, sign: 1n })]
  return a + b
}

/** The text that `ff1Encrypt` made `text` of. */
export function ff1Decrypt(choice: Ff1Choice, text: string): string {
  const rounds = ff1Rounds(choice, text.length)
  let [a, b] = halves(text)
  for (let i = 9; i >= 0; i--) [a, b] = [rounds.added({ round: i, half: b, other: a, sign: -1n }), a]
  return a + b
}

interface Round {
  readonly round: number
  readonly half: string
  readonly other: string
  readonly sign: 1n | -1n
}

function ff1Rounds({ key, tweak, radix }: Ff1Choice, length: number): { added: (round: Round) => string } {
  if (BigInt(radix) ** BigInt(length) < LEAST_DOMAIN) throw new RangeError('too short for format-preserving encryption')
  const u = Math.floor(length / 2)
  const v = length - u
  const bytes = Math.ceil((BigInt(radix) ** BigInt(v) - 1n).toString(2).length / 8)
  const taken = 4 * Math.ceil(bytes / 4) + 4
  const head = firstBlock({ radix, u, length, tweakLength: tweak.length })
  const padding = Buffer.alloc((16 - ((tweak.length + bytes + 1) % 16)) % 16)
  return {
    added: ({ round, half, other, sign }) => {
      const number = bytesOf(valueOf(other, radix), bytes)
      const mac = cbcMac(key, Buffer.concat([head, tweak, padding, Buffer.from([round]), number]))
      const y = BigInt(`0x${stretched(key, mac, taken).toString('hex')}`)
      const width = round % 2 === 0 ? u : v
      const size = BigInt(radix) ** BigInt(width)
      const sum = (valueOf(half, radix) + sign * y) % size
      return (sum < 0n ? sum + size : sum).toString(radix).padStart(width, '0')
    },
  }
}

function firstBlock(of: { radix: number; u: number; length: number; tweakLength: number }): Buffer {
  const block = Buffer.from([1, 2, 1, 0, 0, 0, 10, of.u % 256, 0, 0, 0, 0, 0, 0, 0, 0])
  block.writeUIntBE(of.radix, 3, 3)
  block.writeUInt32BE(of.length, 8)
  block.writeUInt32BE(of.tweakLength, 12)
  return block
}

/** The last block of AES in CBC mode from a zero vector. */
function cbcMac(key: Buffer, text: Buffer): Buffer {
  let state = Buffer.alloc(16)
  for (let at = 0; at < text.length; at += 16) {
    for (let i = 0; i < 16; i++) state[i] = (state[i] ?? 0) ^ (text[at + i] ?? 0)
    state = aesBlock(key, state)
  }
  return state
}

const ciphers = new WeakMap<Buffer, Cipheriv>()

/** AES of one block. A cipher is set up once for each key: that takes far longer than a block. */
function aesBlock(key: Buffer, block: Buffer): Buffer<ArrayBuffer> {
  let cipher = ciphers.get(key)
  if (cipher === undefined) {
    cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false)
    ciphers.set(key, cipher)
  }
  return Buffer.from(cipher.update(block))
}

function stretched(key: Buffer, mac: Buffer, taken: number): Buffer {
  if (taken <= 16) return mac.subarray(0, taken)
  const blocks = [mac]
  for (let j = 1; j * 16 < taken; j++) {
    const block = Buffer.from(mac)
    block.writeUInt32BE((block.readUInt32BE(12) ^ j) >>> 0, 12)
    blocks.push(aesBlock(key, block))
  }
  return Buffer.concat(blocks).subarray(0, taken)
}

function halves(text: string): [string, string] {
  const u = Math.floor(text.length / 2)
  return [text.slice(0, u), text.slice(u)]
}

function valueOf(text: string, radix: number): bigint {
  return Array.from(text).reduce((value, digit) => value * BigInt(radix) + BigInt(DIGITS.indexOf(digit)), 0n)
}

function bytesOf(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex')
}
