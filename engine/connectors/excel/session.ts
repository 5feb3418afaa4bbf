import { nearestName } from '../../base/suggest.ts'
import type { DatasetSchema, DatasetSummary } from '../../contract/dataset.ts'
import { Failure, isFailure } from '../../contract/failure.ts'
import type { Session } from '../api/session.ts'
import { listFiles, resolveFiles } from '../shared/file-folder.ts'
import type { FileFolder, FolderFile, ListedFile } from '../shared/folder-file.ts'
import { inboxOf } from '../shared/folder-inbox.ts'
import { EXTENSIONS, sourceSchema } from './config.ts'
import { parseBookName } from './dataset-name.ts'
import { openWorkbook } from './open-workbook.ts'
import { type InspectedSheet, inspectSheet, readSheet } from './read.ts'
import type { Workbook } from './workbook.ts'
import { openExcelWriter, planExcelWrite } from './writer.ts'

/** Workbooks elsewhere are fetched to list their sheets only up to this size. */
const FETCHED_TO_LIST_BYTES = 32n * 1024n * 1024n

/** A folder of workbooks. Nothing stays open between calls. */
export function excelSession(folder: FileFolder): Session {
  const inspect = async (
    dataset: string,
    options: unknown,
    signal: AbortSignal | undefined,
  ): Promise<InspectedSheet> => {
    const { book, inside } = parseBookName(dataset)
    const file = await workbookFile(folder, { dataset, book }, signal)
    return inspectSheet({ file, inside, options: sourceSchema.parse(options ?? {}), signal })
  }
  return {
    list: ({ search = '', signal }) => listSheets(folder, search.toLowerCase(), signal),
    inbox: inboxOf(folder, EXTENSIONS),
    describe: async (dataset, options, signal) => described(await inspect(dataset, options, signal)),
    read: async (request) => readSheet(await inspect(request.dataset, request.options, request.signal), request),
    planWrite: (request) => planExcelWrite(folder, request),
    write: (request) => openExcelWriter(folder, request),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

async function listSheets(folder: FileFolder, search: string, signal?: AbortSignal): Promise<DatasetSummary[]> {
  const found: DatasetSummary[] = []
  for (const file of await listFiles(folder, EXTENSIONS, signal)) {
    const isNear = folder.place === undefined || file.sizeBytes <= FETCHED_TO_LIST_BYTES
    if (isNear) found.push(...(await datasetsOf(file, signal)))
    else found.push({ name: file.name, kind: 'file', sizeBytes: Number(file.sizeBytes) })
  }
  const matching = found.filter(({ name }) => name.toLowerCase().includes(search))
  return matching.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Sheets and named ranges; a file that cannot be opened is listed with the reason. */
async function datasetsOf(file: ListedFile, signal?: AbortSignal): Promise<DatasetSummary[]> {
  const sizeBytes = Number(file.sizeBytes)
  let workbook: Workbook
  try {
    workbook = await openWorkbook(await file.open(signal))
  } catch (error) {
    if (!isFailure(error)) throw error
    return [{ name: file.name, kind: 'file', sizeBytes, comment: error.message }]
  }
  await using open = workbook
  return [
    ...open.sheets.map(({ name, isHidden }) => ({
      name: `${file.name}!${name}`,
      kind: 'sheet' as const,
      sizeBytes,
      ...(isHidden ? { comment: 'hidden' } : {}),
    })),
    ...open.names.map(({ name, sheet, range }) => ({
      name: `${file.name}!${name}`,
      kind: 'range' as const,
      comment: `${sheet}!${range}`,
    })),
  ]
}

async function workbookFile(
  folder: FileFolder,
  { dataset, book }: { readonly dataset: string; readonly book: string },
  signal?: AbortSignal,
): Promise<FolderFile> {
  const [file, second] = await resolveFiles(folder, book, EXTENSIONS, signal).catch(async (error: unknown) => {
    if (!isFailure(error, 'source.dataset_missing') || book === dataset) throw error
    const near = nearestName(
      dataset,
      (await listSheets(folder, '')).map(({ name }) => name),
    )
    throw new Failure('source.dataset_missing', near === undefined ? { dataset } : { dataset, suggestion: near })
  })
  if (second !== undefined || file === undefined) {
    throw new Failure('usage.invalid', { reason: `${book} matches several workbooks; name one of them` })
  }
  return file
}

function described({ file, target, format, is1904, layout, warnings }: InspectedSheet): DatasetSchema {
  const { row, confidence } = layout.header
  return {
    columns: layout.columns.map(({ name, leaf, sourceType }) => ({
      name,
      type: leaf,
      nullable: true,
      fidelity: { kind: 'exact' },
      ...(sourceType === undefined ? {} : { sourceType }),
    })),
    keys: [],
    detected: {
      format: { value: format, confidence: 1 },
      sheet: { value: target.sheet, confidence: 1 },
      headerRow: { value: row ?? 'none', confidence },
      dates: { value: is1904 ? 1904 : 1900, confidence: 1 },
      files: [file.name],
    },
    warnings: [...warnings],
  }
}
