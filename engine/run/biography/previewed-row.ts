import type { Cell } from '../../contract/page.ts'
import type { RunPorts } from '../ports.ts'
import { type PreviewRequest, previewOutput } from '../preview.ts'

/** A row as a preview shows it. */
export interface PreviewedRow {
  readonly key: Readonly<Record<string, Cell>>
  /** Which of the rows with this key, from 0. */
  readonly nth: number
  /** Rows of each source that the preview looked at. */
  readonly sampleRows: number
}

/** A preview shows at least so many rows; with fewer its sample, and so its order, might be another. */
const SHOWN_ROWS = 50

/**
 * The row at a place of the preview. Only the preview knows its order: behind joins and aggregates the same rows come in another
 * order when the same pipeline is computed in another way, as a trace does.
 */
export async function previewedRow(
  request: Omit<PreviewRequest, 'limitRows'>,
  index: number,
  { ports, signal }: { readonly ports: RunPorts; readonly signal: AbortSignal | undefined },
): Promise<PreviewedRow | undefined> {
  const limitRows = Math.max(index + 1, SHOWN_ROWS)
  const { columns, rows, sampleRows } = await previewOutput({ ...request, limitRows }, ports, signal)
  const keys = rows.slice(0, index + 1).map((row) => {
    const cells = columns.map(({ name }, at): [string, Cell] => [name, row[at] ?? null])
    const plain = cells.filter(([, value]) => value === null || typeof value !== 'object')
    return Object.fromEntries(plain.length > 0 ? plain : cells)
  })
  const key = keys[index]
  if (key === undefined) return undefined
  const text = JSON.stringify(key)
  const nth = keys.slice(0, index).filter((other) => JSON.stringify(other) === text).length
  return { key, nth, sampleRows }
}
