import type { Column } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { cellCheckOf } from './cell-types.ts'
import { columnOrder, type DatasetLayout } from './dataset-layout.ts'
import { footerStart } from './detect-footer.ts'
import type { TextSourceOptions } from './options.ts'
import type { RawFile } from './raw-chunks.ts'
import type { RowPlan } from './row-reader.ts'
import { nullTest, segmentRows } from './segment-rows.ts'
import { rawFileOf } from './text-file.ts'
import type { TextLayout } from './text-layout.ts'
import type { PartShape } from './text-part.ts'

/** How one file of a dataset is read, and into parts of which shape. */
export interface FilePlan {
  readonly raw: RawFile
  readonly layout: TextLayout
  readonly rows: RowPlan
  readonly shape: PartShape
  /** Files with the same signature can share a part. */
  readonly signature: string
}

export interface FilePlanRequest {
  readonly dataset: DatasetLayout
  readonly options: TextSourceOptions
  readonly chosen: readonly Column[]
  readonly withLocator: boolean
}

/**
 * Puts a file's own layout and the dataset's types together.
 * @throws Failure `file.headers_differ`
 */
export async function planFile(file: FolderFile, layout: TextLayout, request: FilePlanRequest): Promise<FilePlan> {
  const { dataset, options } = request
  const order = columnOrder(dataset.first.names, layout.names, file.name)
  const columns: Column[] = []
  const formats = new Map<number, string>()
  order.forEach((at, wanted) => {
    const column = dataset.columns[wanted]
    if (column !== undefined) columns[at] = column
    const format = dataset.formats.get(wanted)
    if (format !== undefined) formats.set(at, format)
  })
  const isJudged = columns.some(
    ({ type }, i) => formats.has(i) || (type !== 'VARCHAR' && cellCheckOf(type) === undefined),
  )
  const rows = segmentRows(layout.dialect, options)
  return {
    raw: await withoutFooter(rawFileOf(file, options), layout),
    layout,
    rows: {
      file: file.name,
      dialect: layout.dialect,
      skipLines: layout.skipLines,
      headerRows: layout.headerRows,
      columns: columns.map((column, i) => checkedColumn(column, formats.has(i))),
      isNull: nullTest(options),
      onTypeError: options.onTypeError,
      unitBytes: layout.encoding.unitBytes,
    },
    shape: {
      columns,
      formats,
      rows,
      withLocator: request.withLocator || isJudged,
      chosen: request.chosen,
      removesFormulaEscapes: options.formulaEscapes === 'remove',
      stopsOnTypeError: options.onTypeError === 'stop',
    },
    signature: JSON.stringify([rows.dialect, layout.names]),
  }
}

function checkedColumn({ name, type }: Column, hasFormat: boolean): RowPlan['columns'][number] {
  const check = hasFormat ? undefined : cellCheckOf(type)
  return check === undefined ? { name, type } : { name, type, check }
}

async function withoutFooter(raw: RawFile, { footerRows, encoding }: TextLayout): Promise<RawFile> {
  if (footerRows === 0) return raw
  if (raw.compression !== 'none') {
    throw new Failure('usage.invalid', { reason: `${raw.name} is compressed: footerRows cannot be cut off` })
  }
  return { ...raw, endByte: await footerStart(raw, footerRows, encoding) }
}
