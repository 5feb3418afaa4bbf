import { createReadStream, createWriteStream } from 'node:fs'
import { appendFile, open, rm, truncate } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type Footer, joinFooters, parseFooter, printFooter } from './footer.ts'

/** `PAR1`, before and after everything; the length of the footer stands before the last one. */
const MAGIC = Buffer.from('PAR1')
const TAIL_BYTES = 8

interface PartFile {
  readonly path: string
  readonly footer: Footer
  /** Where its footer begins. */
  readonly bodyEnd: number
}

/**
 * Makes the first of several Parquet files hold the rows of all, in order, by moving their row groups as they are. The others are
 * removed. Gives false, and has touched nothing, when the files cannot stand in one.
 */
export async function joinFiles(paths: readonly string[], signal?: AbortSignal): Promise<boolean> {
  const files = await Promise.all(paths.map(readPart))
  const [first, ...others] = files
  if (first === undefined) return false
  let end = first.bodyEnd
  const placed = files.map(({ footer, bodyEnd }, i) => {
    const shift = i === 0 ? 0 : end - MAGIC.length
    if (i > 0) end += bodyEnd - MAGIC.length
    return { footer, shift: BigInt(shift) }
  })
  const footer = joinFooters(placed)
  if (footer === undefined) return false
  await truncate(first.path, first.bodyEnd)
  for (const { path, bodyEnd } of others) {
    if (bodyEnd > MAGIC.length) {
      const body = createReadStream(path, { start: MAGIC.length, end: bodyEnd - 1, highWaterMark: 1 << 20 })
      await pipeline(body, createWriteStream(first.path, { flags: 'a' }), signal === undefined ? {} : { signal })
    }
    await rm(path)
  }
  const printed = printFooter(footer)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(printed.length)
  await appendFile(first.path, Buffer.concat([printed, length, MAGIC]))
  return true
}

async function readPart(path: string): Promise<PartFile> {
  await using file = await open(path)
  const { size } = await file.stat()
  const tail = Buffer.alloc(TAIL_BYTES)
  await file.read(tail, 0, TAIL_BYTES, size - TAIL_BYTES)
  const length = tail.readUInt32LE(0)
  const bodyEnd = size - TAIL_BYTES - length
  if (!tail.subarray(4).equals(MAGIC) || bodyEnd < MAGIC.length) throw new RangeError(`${path} is no Parquet file`)
  const footer = Buffer.alloc(length)
  await file.read(footer, 0, length, bodyEnd)
  return { path, footer: parseFooter(footer), bodyEnd }
}
