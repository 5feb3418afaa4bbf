import { open } from 'node:fs/promises'
import type { CopyChunk } from '../connection/copy-out.ts'
import type { TellTale } from './duck-expression.ts'

/** A file of whole rows. */
export interface Segment {
  readonly file: string
  readonly rows: number
  readonly bytes: number
  readonly longestRow: number
  readonly hasInnerNewline: boolean
  /** Which of what was looked for stands in it. */
  readonly found: ReadonlySet<TellTale>
}

export interface SegmentPlan {
  readonly targetBytes: number
  readonly nextFile: () => string
  readonly lookFor: readonly TellTale[]
}

/** Writes chunks to files of about `targetBytes`. A file is complete and closed when it is yielded; nothing is yielded for no rows. */
export async function* writeSegments(chunks: AsyncIterable<CopyChunk>, plan: SegmentPlan): AsyncGenerator<Segment> {
  const iterator = chunks[Symbol.asyncIterator]()
  try {
    for (let next = await iterator.next(); next.done !== true; ) {
      const file = plan.nextFile()
      const segment = { file, rows: 0, bytes: 0, longestRow: 0, hasInnerNewline: false, found: new Set<TellTale>() }
      {
        await using handle = await open(file, 'wx', 0o600)
        while (next.done !== true && segment.bytes < plan.targetBytes) {
          const chunk: CopyChunk = next.value
          // The next chunk is received while this one is written.
          const [following] = await Promise.all([iterator.next(), handle.writeFile(chunk.bytes)])
          note(segment, chunk, plan.lookFor)
          next = following
        }
      }
      yield segment
    }
  } finally {
    await iterator.return?.()
  }
}

function note(
  segment: { rows: number; bytes: number; longestRow: number; hasInnerNewline: boolean; found: Set<TellTale> },
  chunk: CopyChunk,
  lookFor: readonly TellTale[],
): void {
  segment.rows += chunk.rows
  segment.bytes += chunk.bytes.length
  segment.longestRow = Math.max(segment.longestRow, chunk.longestRow)
  segment.hasInnerNewline ||= chunk.hasInnerNewline
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.length)
  for (const tale of lookFor) {
    if (segment.found.has(tale) || !bytes.includes(tale.text, 0, 'latin1')) continue
    if (tale.pattern.test(bytes.toString('latin1'))) segment.found.add(tale)
  }
}
