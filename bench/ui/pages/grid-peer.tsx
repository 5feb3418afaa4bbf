import { createEventTarget, type DataFrame, type DataFrameEvents, HighTable } from 'hightable'
import 'hightable/src/HighTable.css'
import { createRoot } from 'react-dom/client'
import type { EngineClient } from '../../../engine/contract/api.ts'
import type { Cell } from '../../../engine/contract/page.ts'
import { browserDoor } from '../../../renderer/app/session/browser-door.ts'

// hightable over the same rows by the same engine: `?token=…&workspace=…&dataset=…`. A page of as many rows as ours asks for.

const PAGE_ROWS = 200

interface Rows {
  readonly client: EngineClient
  readonly cursor: string
  readonly names: readonly string[]
  readonly count: number
}

const asked = new URLSearchParams(location.search)
const rows = await openRows(asked.get('token') ?? '', asked.get('workspace') ?? '', asked.get('dataset') ?? '')
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(<HighTable data={frameOf(rows)} focus={false} />)

async function openRows(token: string, workspace: string, dataset: string): Promise<Rows> {
  const { client } = await browserDoor(() => token).open(workspace)
  const { cursor, columns, rowCount } = await client.data.open({ from: { dataset } })
  return { client, cursor, names: columns.map(({ name }) => name), count: rowCount ?? 0 }
}

/** Pages as hightable wants them: asked for by rows in sight, told by an event. */
function frameOf({ client, cursor, names, count }: Rows): DataFrame {
  const pages = new Map<number, readonly (readonly Cell[])[]>()
  const eventTarget = createEventTarget<DataFrameEvents>()
  const load = async (page: number, signal: AbortSignal | undefined): Promise<void> => {
    if (pages.has(page)) return
    const offset = page * PAGE_ROWS
    const found = await client.data.rows({ cursor, offset, limit: PAGE_ROWS }, signal === undefined ? {} : { signal })
    pages.set(page, found.rows)
    eventTarget.dispatchEvent(new CustomEvent('resolve', { detail: undefined }))
  }
  return {
    columnDescriptors: names.map((name) => ({ name })),
    numRows: count,
    eventTarget,
    getRowNumber: ({ row }) => ({ value: row }),
    getCell: ({ row, column }) => {
      const cells = pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS]
      return cells === undefined ? undefined : { value: cells[names.indexOf(column)] }
    },
    fetch: async ({ rowStart, rowEnd, signal }) => {
      const [first, last] = [Math.floor(rowStart / PAGE_ROWS), Math.floor((rowEnd - 1) / PAGE_ROWS)]
      for (let page = first; page <= last; page++) await load(page, signal)
    },
  }
}
