import type { RowsFrom } from '../../../contract/api/data.ts'
import type { Arrangement, Opened } from '../../../contract/cursor.ts'
import { Failure } from '../../../contract/failure.ts'
import type { HostContext } from '../context.ts'
import { rememberColumns } from '../known-columns.ts'
import { resourcesOf } from '../resources.ts'
import { sqlRows } from '../sql/sql-rows.ts'
import { Cursor, type OpenRows } from './cursor.ts'
import { openRows, type RowsRequest } from './open-rows.ts'

export interface CursorRequest extends Arrangement, Omit<RowsRequest, 'from'> {
  readonly from: RowsFrom
  /** Of a statement: told of what a server has sent so far. */
  readonly onRead?: (dataset: string, rows: bigint) => void
}

/** Opens a cursor and puts it on the shelf of its connection. */
export async function openCursor(context: HostContext, request: CursorRequest, signal?: AbortSignal): Promise<Opened> {
  const startedAtMs = performance.now()
  const { sort, filter } = request
  if (signal?.aborted === true) throw new Failure('work.cancelled', { what: 'open' })
  const rows = await rowsOf(context, request, signal)
  const cursor = await Cursor.open(rows, { sort, filter }, signal)
  await resourcesOf(context).cursors.add(cursor)
  const opened = cursor.describe(startedAtMs)
  const dataset = 'dataset' in request.from ? request.from.dataset : undefined
  if (dataset !== undefined && context.workspaceDirectory !== undefined) {
    // Not waited for: rows come first.
    void rememberColumns({ directory: context.workspaceDirectory }, dataset, opened.columns)
  }
  return opened
}

function rowsOf(context: HostContext, { from, ...request }: CursorRequest, signal?: AbortSignal): Promise<OpenRows> {
  return 'sql' in from
    ? sqlRows(context, { ...request, sql: from.sql }, signal)
    : openRows(context, { ...request, from }, signal)
}
