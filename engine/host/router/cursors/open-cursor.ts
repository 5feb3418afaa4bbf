import type { RowsFrom } from '../../../contract/api/data.ts'
import type { Arrangement, Opened } from '../../../contract/cursor.ts'
import { Failure } from '../../../contract/failure.ts'
import type { HostContext } from '../context.ts'
import { resourcesOf } from '../resources.ts'
import { sqlRows } from '../sql/sql-rows.ts'
import { Cursor, type OpenRows } from './cursor.ts'
import { openRows, type RowsRequest } from './open-rows.ts'

export interface CursorRequest extends Arrangement, Omit<RowsRequest, 'from'> {
  readonly from: RowsFrom
}

/** Opens a cursor and puts it on the shelf of its connection. */
export async function openCursor(context: HostContext, request: CursorRequest, signal?: AbortSignal): Promise<Opened> {
  const startedAtMs = performance.now()
  const { sort, filter } = request
  if (signal?.aborted === true) throw new Failure('work.cancelled', { what: 'open' })
  const rows = await rowsOf(context, request, signal)
  const cursor = await Cursor.open(rows, { sort, filter }, signal)
  await resourcesOf(context).cursors.add(cursor)
  return cursor.describe(startedAtMs)
}

function rowsOf(context: HostContext, { from, ...request }: CursorRequest, signal?: AbortSignal): Promise<OpenRows> {
  return 'sql' in from
    ? sqlRows(context, { ...request, sql: from.sql }, signal)
    : openRows(context, { ...request, from }, signal)
}
