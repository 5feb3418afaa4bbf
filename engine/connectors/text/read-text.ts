import { type Column, LOCATOR_COLUMN } from '../../contract/column.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import { resolveFiles } from '../shared/file-folder.ts'
import type { FileFolder } from '../shared/folder-file.ts'
import { pickColumns } from '../shared/pick-columns.ts'
import { TEXT_EXTENSIONS } from './extensions.ts'
import { textSourceSchema } from './options.ts'
import { recentLayout } from './recent-layout.ts'
import { TextReading } from './text-reading.ts'
import { widenedLayout } from './widen.ts'

/**
 * Reads a delimited dataset part by part. Whatever its column's type cannot hold exactly becomes a reject with file and line;
 * types that were not declared come from the first rows only.
 */
export async function readText(folder: FileFolder, request: ReadRequest): Promise<Reading> {
  const options = textSourceSchema.parse(request.options ?? {})
  const files = await resolveFiles(folder, request.dataset, TEXT_EXTENSIONS, request.signal)
  const detected = await recentLayout(files, options, request.signal)
  const dataset =
    options.onTypeError === 'widen' ? await widenedLayout(files, detected, options, request.signal) : detected
  const picked = pickColumns(request.dataset, dataset.columns, request.columns)
  const locator: Column = { name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }
  const withLocator = request.withLocator === true
  const chosen = withLocator ? [...picked, locator] : picked
  const reading = new TextReading({ ...request, files, dataset, options, chosen, withLocator })
  return {
    columns: chosen,
    parts: reading.parts(),
    warnings: reading.warnings,
    counts: () => ({ rows: reading.rows, rejected: reading.rejected, bytes: reading.bytes }),
    [Symbol.asyncDispose]: () => reading.dispose(),
  }
}
