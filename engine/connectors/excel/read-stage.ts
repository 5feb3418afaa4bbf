import type { Reading } from '../api/reading.ts'
import type { WriteRequest } from '../api/writer.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import type { RowBatch } from '../shared/row-batch.ts'
import { rowReading } from '../shared/row-segments.ts'
import { WHOLE_SHEET } from './cell-address.ts'
import { sourceSchema } from './config.ts'
import type { LaidColumn } from './layout.ts'
import { sheetBatches } from './read.ts'
import { noFacts } from './workbook.ts'

interface StagedWorkbook {
  readonly file: FolderFile
  readonly sheets: readonly string[]
  readonly columns: readonly LaidColumn[]
}

/** The rows of a staged workbook with the types they were written from. */
export function readStage(staged: StagedWorkbook, { dataset, duck }: WriteRequest): Reading {
  const { columns, file } = staged
  const bytes = (): { read: bigint; total: bigint } => ({ read: 0n, total: file.fingerprint.sizeBytes })
  return rowReading({ columns, warnings: [], batches: stagedRows(staged), bytes }, { dataset, duck, options: {} })
}

async function* stagedRows({ file, sheets, columns }: StagedWorkbook): AsyncGenerator<RowBatch> {
  const options = sourceSchema.parse({})
  const layout = { columns, header: { row: 1, confidence: 1 }, firstDataRow: 2, warnings: [] }
  for (const sheet of sheets) {
    const target = { sheet, range: WHOLE_SHEET, isWholeSheet: true }
    const inspected = {
      file,
      target,
      format: 'xlsx',
      is1904: false,
      facts: noFacts(),
      layout,
      options,
      warnings: [],
    } as const
    yield* sheetBatches(inspected, columns, {}, { isDone: false })
  }
}
