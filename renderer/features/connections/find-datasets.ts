import type { Found, StudioContext } from '../../app/feature.ts'

const EACH = 6
const MOST = 20

/** Connections and datasets whose name contains the query. A connection that cannot be reached has found nothing. */
export async function findDatasets(
  query: string,
  { engine, openTab }: StudioContext,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const known = await engine.connections.list(undefined, { signal })
  const named = known
    .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
    .map(
      ({ name, kind }): Found => ({
        id: name,
        label: name,
        detail: kind,
        run: () => openTab({ kind: 'connection', params: { name } }),
      }),
    )
  const inside = await Promise.all(
    known.map(async ({ name }): Promise<Found[]> => {
      const found = await engine.connections
        .tree({ connection: name, search: query, limit: EACH }, { signal })
        .catch(() => ({ items: [] }))
      return found.items.map((item) => ({
        id: `${name}:${item.id}`,
        label: item.id,
        detail: name,
        run: () => openTab({ kind: 'dataset', params: { dataset: `${name}:${item.id}` } }),
      }))
    }),
  )
  return [...named, ...inside.flat()].slice(0, MOST)
}
