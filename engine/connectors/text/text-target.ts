import type { Column, Fidelity } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import type { ColumnMapping, WritePlan, WriteRequest } from '../api/writer.ts'
import { existingFile, type FileTarget, resolveTarget } from '../shared/file-target.ts'
import type { FileFolder, FolderFile } from '../shared/folder-file.ts'
import { encodingOf, type TextEncoding } from '../shared/text-encoding.ts'
import { isNested } from './cell-text.ts'
import { compressionOfName, plainName } from './compression.ts'
import { type Compression, type TextTargetOptions, textSourceSchema, textTargetSchema } from './options.ts'
import type { TextDialect } from './row-scanner.ts'
import { detectLayout } from './text-layout.ts'

/** Everything a load into one file needs to know. */
export interface TextTarget {
  readonly request: WriteRequest
  readonly options: TextTargetOptions
  readonly file: FileTarget
  readonly encoding: TextEncoding
  readonly compression: Compression
  readonly dialect: TextDialect
  readonly columns: readonly Column[]
  /** Rows go behind those that are there; no header is written. Undefined when the file begins anew. */
  readonly before: FolderFile | undefined
  readonly plan: WritePlan
}

const MODES = ['append', 'replace', 'truncate']

/** @throws Failure `write.mode_unsupported`, `write.ddl_needed`, `target.rejected`, `file.outside_folder`, `file.unknown_encoding`. */
export async function textTarget(folder: FileFolder, request: WriteRequest): Promise<TextTarget> {
  const { dataset, mode } = request
  if (!MODES.includes(mode)) throw new Failure('write.mode_unsupported', { dataset, mode, supported: MODES })
  const options = textTargetSchema.parse(request.options ?? {})
  const file = await resolveTarget(folder, dataset, request.signal)
  const { exists } = file
  if (!exists && request.ddl === 'never')
    throw new Failure('write.ddl_needed', { dataset, reason: 'there is no such file' })
  const delimiter = options.delimiter ?? delimiterOfName(dataset)
  const target = {
    request,
    options,
    file,
    encoding: encodingOf(options.encoding),
    compression: options.compression ?? compressionOfName(dataset),
    dialect: { delimiter, quote: options.quote, escape: options.quote },
    before: mode === 'append' && exists ? await contentOf(file, request.signal) : undefined,
  }
  const columns = target.before === undefined ? request.columns : await columnsOfFile(target, target.before)
  return { ...target, columns, plan: { exists, statements: [], mappings: columns.map(mappingOf), warnings: [] } }
}

function delimiterOfName(name: string): string {
  const plain = plainName(name)
  if (plain.endsWith('.tsv') || plain.endsWith('.tab')) return '\t'
  return plain.endsWith('.psv') ? '|' : ','
}

/** Undefined when the file is empty. */
async function contentOf(file: FileTarget, signal: AbortSignal | undefined): Promise<FolderFile | undefined> {
  const found = await existingFile(file, signal)
  return found.fingerprint.sizeBytes > 0n ? found : undefined
}

/** The columns in the order of the file that is appended to, which must have the same ones and be written the same way. */
async function columnsOfFile(
  target: Omit<TextTarget, 'columns' | 'plan'>,
  { path }: FolderFile,
): Promise<readonly Column[]> {
  const { request, options, dialect, encoding, compression } = target
  const source = textSourceSchema.parse({
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    header: options.header,
    skipRows: 0,
    footerRows: 0,
  })
  const layout = await detectLayout({ name: request.dataset, path, compression }, source, request.signal)
  const refuse = (reason: string): Failure => new Failure('target.rejected', { target: request.dataset, reason })
  if (layout.encoding.label !== encoding.label && !layout.isAscii) {
    throw refuse(`the file is in ${layout.encoding.name}, and ${encoding.name} would be appended`)
  }
  if (!options.header) {
    if (layout.names.length === request.columns.length) return request.columns
    throw refuse(`the file has ${layout.names.length} columns, not ${request.columns.length}`)
  }
  const byHeader = layout.headers.map((header) => request.columns.find(({ name }) => name === header))
  const columns = byHeader.filter((column) => column !== undefined)
  if (columns.length === layout.headers.length && columns.length === request.columns.length) return columns
  throw refuse(`the file has the columns ${layout.headers.join(', ')}`)
}

const EXACT: Fidelity = { kind: 'exact' }

function mappingOf({ name, type }: Column): ColumnMapping {
  if (type === 'VARCHAR') return { column: name, from: type, to: 'text', fidelity: EXACT }
  const reason = isNested(type)
    ? `${type} is written as JSON text`
    : `${type} is written as text and read back by its declared type`
  return { column: name, from: type, to: 'text', fidelity: { kind: 'widening', reason } }
}
