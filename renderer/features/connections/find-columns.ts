import type { Found, StudioContext } from '../../app/feature.ts'

const MOST = 20

/** Columns that were seen before, without asking any system. */
export async function findColumns(
  query: string,
  { engine, openTab }: StudioContext,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const found = await engine.connections.columns({ search: query, limit: MOST }, { signal })
  return found.map(({ dataset, column, type }) => ({
    id: `${dataset}\0${column}`,
    label: column,
    detail: `${type} · ${dataset}`,
    run: () => openTab({ kind: 'dataset', params: { dataset } }),
  }))
}
