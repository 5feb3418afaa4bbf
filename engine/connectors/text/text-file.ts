import type { FolderFile } from '../shared/folder-file.ts'
import { encodingOf, type TextEncoding } from '../shared/text-encoding.ts'
import { compressionOfName } from './compression.ts'
import { type DetectedEncoding, detectEncoding } from './detect-encoding.ts'
import { lineBlocks } from './line-blocks.ts'
import type { TextSourceOptions } from './options.ts'
import { type RawFile, rawChunks } from './raw-chunks.ts'
import { type TextBlock, textBlocks } from './text-blocks.ts'

const ENCODING_SAMPLE_BYTES = 256 * 1024
/** A shorter first block is most of its file. */
const SMALL_BYTES = 1024 * 1024

/** The beginning of a file as text, enough to detect everything else from. */
export interface TextHead {
  readonly encoding: DetectedEncoding
  /** Whole lines as UTF-8; empty for an empty file. */
  readonly bytes: Buffer
  readonly isWhole: boolean
}

export function rawFileOf(file: FolderFile, options: TextSourceOptions): RawFile {
  return { name: file.name, path: file.path, compression: options.compression ?? compressionOfName(file.name) }
}

/** Reads the first block of a file and decodes it by the encoding given or detected. */
export async function readHead(file: RawFile, options: TextSourceOptions, signal?: AbortSignal): Promise<TextHead> {
  const encoding = await encodingOfFile(file, options, signal)
  let first: TextBlock | undefined
  for await (const block of textBlocksOf(file, encoding.encoding, signal)) {
    if (first === undefined) {
      if (block.isCutLine) continue
      if (block.isLast || block.bytes.length >= SMALL_BYTES) return headOf(encoding, [block])
      first = block
      continue
    }
    // What follows a short block is a last line without its line end; its values must be seen as well.
    return block.isCutLine ? headOf(encoding, [first]) : headOf(encoding, [first, block])
  }
  return headOf(encoding, first === undefined ? [] : [first])
}

function headOf(encoding: DetectedEncoding, blocks: readonly TextBlock[]): TextHead {
  const bytes = Buffer.concat(blocks.map((block) => block.bytes))
  return { encoding, bytes, isWhole: blocks.at(-1)?.isLast ?? true }
}

export function textBlocksOf(file: RawFile, encoding: TextEncoding, signal?: AbortSignal): AsyncGenerator<TextBlock> {
  return textBlocks(lineBlocks(rawChunks(file, signal), encoding.unitBytes), encoding)
}

async function encodingOfFile(
  file: RawFile,
  options: TextSourceOptions,
  signal?: AbortSignal,
): Promise<DetectedEncoding> {
  if (options.encoding !== undefined) {
    return { encoding: encodingOf(options.encoding), confidence: 1, because: 'as declared' }
  }
  for await (const chunk of rawChunks(file, signal)) {
    const sample = chunk.subarray(0, ENCODING_SAMPLE_BYTES)
    const lineEnd = sample.length < chunk.length ? sample.lastIndexOf(0x0a) : -1
    return detectEncoding(lineEnd < 0 ? sample : sample.subarray(0, lineEnd + 1))
  }
  return { encoding: encodingOf('utf-8'), confidence: 1, because: 'the file is empty' }
}
