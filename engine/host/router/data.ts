import { implement } from '@orpc/server'
import { type Detection, dataProcedures } from '../../contract/api/data.ts'
import type { HostContext } from './context.ts'
import type { Cursor, PageRequest } from './cursors/cursor.ts'
import { openCursor } from './cursors/open-cursor.ts'
import { detectedOptions } from './detect-options.ts'
import { exportPath } from './export/export-path.ts'
import { exportRows } from './export/export-rows.ts'
import { failing, failingEvents } from './failing.ts'
import { findDataset } from './find-dataset.ts'
import { parseOptions } from './open-connection.ts'
import { resourcesOf } from './resources.ts'
import { showDataset } from './show-dataset.ts'

const area = implement(dataProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

const SMALL_BYTES = 32 * 1024 * 1024
/** Formats that know their row count and find any row without reading the rest. */
const COUNTED_KINDS = new Set(['parquet'])

export const dataRouter = {
  show: area.show.handler(async ({ input, context, signal }) => {
    const found = await findDataset(context, input.from, input, signal)
    await using session = found.session
    const { connector, name } = found
    return showDataset({
      session,
      dataset: found.dataset,
      options: parseOptions(connector, name, 'source', input.options),
      limitRows: input.limitRows,
      isSmall: COUNTED_KINDS.has(connector.kind) || (found.sizeBytes ?? Number.POSITIVE_INFINITY) <= SMALL_BYTES,
      ...(signal === undefined ? {} : { signal }),
    })
  }),
  open: area.open.handler(({ input, context, signal }) => openCursor(context, input, signal)),
  arrange: area.arrange.handler(async ({ input: { cursor: id, ...arrangement }, context, signal }) => {
    const startedAtMs = performance.now()
    const cursor = cursorOf(context, id)
    await cursor.arrange(arrangement, signal)
    return cursor.describe(startedAtMs)
  }),
  rows: area.rows.handler(({ input: { cursor, ...page }, context, signal }) =>
    cursorOf(context, cursor).page(pageRequest(page), signal),
  ),
  cell: area.cell.handler(({ input: { cursor, row, column }, context, signal }) =>
    cursorOf(context, cursor).cell(BigInt(Math.trunc(row)), column, signal),
  ),
  rejects: area.rejects.handler(({ input: { cursor, offset, limit }, context }) =>
    cursorOf(context, cursor).rejects(offset, limit),
  ),
  close: area.close.handler(async ({ input, context }) => ({
    closed: await resourcesOf(context).cursors.close(input.cursor),
  })),
  export: area.export.handler(async ({ input: { cursor: id, file, range, ...request }, context, signal }) => {
    const cursor = cursorOf(context, id)
    const path = file === undefined ? undefined : await exportPath(context, file)
    const part = range === undefined ? undefined : pageRequest(range)
    return failingEvents(exportRows(cursor, { ...request, file: path, range: part }, signal))
  }),
  detect: area.detect.handler(async ({ input, context, signal }): Promise<Detection> => {
    const found = await findDataset(context, input.from, input, signal)
    await using session = found.session
    const { connector, name, dataset } = found
    const options = parseOptions(connector, name, 'source', input.options)
    const call = signal === undefined ? {} : { signal }
    const isSmall = (found.sizeBytes ?? Number.POSITIVE_INFINITY) <= PREVIEWED_BYTES
    const shown = await showDataset({ session, dataset, options, limitRows: input.limitRows, isSmall, ...call })
    const used = Object.fromEntries(Object.entries(Object(options)))
    return {
      kind: connector.kind,
      options: detectedOptions(connector, input.options ?? {}, { used, detected: shown.detected ?? {} }),
      columns: shown.columns,
      rows: shown.rows,
      rejects: shown.rejects,
      warnings: shown.warnings,
    }
  }),
}

/** A file of this size is read to its end for the preview of an import, so that all its bad lines are shown. */
const PREVIEWED_BYTES = 2 * 1024 * 1024

function cursorOf(context: HostContext, id: string): Cursor {
  return resourcesOf(context).cursors.get(id)
}

function pageRequest({ offset, limit }: { readonly offset: number; readonly limit: number }): PageRequest {
  return { offset: BigInt(Math.trunc(offset)), limit }
}
