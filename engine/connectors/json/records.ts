import { Failure, isFailure } from '../../contract/failure.ts'
import type { Reject } from '../../contract/reject.ts'
import { type ChunkProgress, fileChunks } from '../shared/file-chunks.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { type ScannedRecord, StrictScanner } from './strict-scanner.ts'
import { textLines } from './text-lines.ts'

/** One record as text, and where it stands: `a.json[3]`, `a.ndjson:17`, `a.json` for a document that is one record. */
export interface TextRecord {
  readonly text: string
  readonly locator: string
  readonly offset: number
  readonly line: number
  /** The document is this one record, so refusing it would refuse everything. */
  readonly isWholeDocument: boolean
}

/** What a chunk of the file gave. Rejects are lines of NDJSON that are no JSON. */
export interface RecordBatch {
  readonly records: readonly TextRecord[]
  readonly rejects: readonly Reject[]
}

export interface RecordsRequest {
  readonly file: FolderFile
  readonly path: readonly string[]
  /** As the path was written, for messages. */
  readonly pathText: string
  readonly progress: ChunkProgress
  readonly warn: (warning: string) => void
  readonly signal?: AbortSignal
}

/**
 * The records of one JSON document, which is checked to its last byte.
 * @throws Failure `json.invalid`, `json.too_deep`, `json.record_too_large`, `json.path_missing`, those of `fileChunks`.
 */
export async function* documentRecords(request: RecordsRequest): AsyncGenerator<RecordBatch> {
  const { file, path } = request
  const scanner = new StrictScanner({ file: file.name, path, splitsArray: true })
  const toText = (record: ScannedRecord): TextRecord => ({
    text: decoded(record.bytes),
    locator: record.isItem ? `${file.name}[${record.index}]` : file.name,
    offset: record.offset,
    line: record.line,
    isWholeDocument: !record.isItem,
  })
  for await (const chunk of fileChunks(file, request.progress, request.signal)) {
    yield { records: scanner.scan(chunk).map(toText), rejects: [] }
  }
  yield { records: scanner.end().map(toText), rejects: [] }
  if (scanner.hasByteOrderMark) request.warn(`${file.name} begins with a byte order mark, which JSON should not have`)
  if (!scanner.isPathFound) throw new Failure('json.path_missing', { file: file.name, path: request.pathText })
}

/** The records of NDJSON, one per line that is not blank. A line that is no JSON is rejected and the rest goes on. */
export async function* lineRecords(request: RecordsRequest): AsyncGenerator<RecordBatch> {
  const { file } = request
  for await (const lines of textLines(fileChunks(file, request.progress, request.signal), file.name)) {
    const records: TextRecord[] = []
    const rejects: Reject[] = []
    for (const { bytes, line, offset, isUnterminated } of lines) {
      const locator = `${file.name}:${line}`
      const reason = invalidReason(bytes, file.name)
      if (reason === undefined) {
        records.push({ text: decoded(withoutMark(bytes)), locator, offset, line, isWholeDocument: false })
      } else {
        const cut = isUnterminated ? 'the last line is cut off: ' : ''
        rejects.push({
          rule: 'json.invalid',
          column: null,
          value: null,
          reason: `${cut}${reason}`,
          locator,
          raw: shown(bytes),
        })
      }
    }
    yield { records, rejects }
  }
}

/** Text of bytes for a reject: as it is when it is UTF-8, else in hex; cut at 10,000. */
function shown(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 10_000)
  const text = Buffer.from(head).toString('utf8')
  return text.includes('\uFFFD') || text.includes('\0') ? Buffer.from(head).toString('hex') : text
}

function invalidReason(line: Uint8Array, file: string): string | undefined {
  const scanner = new StrictScanner({ file, path: [], splitsArray: false })
  try {
    scanner.scan(line)
    scanner.end()
    return undefined
  } catch (error) {
    if (isFailure(error, 'json.too_deep')) return error.message
    if (!(error instanceof Failure) || !('column' in error.detail)) throw error
    return `${String(error.detail.reason)} at column ${String(error.detail.column)}`
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef ? bytes.subarray(3) : bytes
}

function decoded(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}
