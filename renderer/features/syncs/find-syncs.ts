import type { Found, StudioContext } from '../../app/feature.ts'

const MOST = 20

/** Syncs whose name contains the query. */
export async function findSyncs(
  query: string,
  { engine, openTab }: StudioContext,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const wanted = query.toLowerCase()
  const known = await engine.syncs.list(undefined, { signal })
  return known
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, MOST)
    .map(({ name, document }) => ({
      id: name,
      label: name,
      ...(document === undefined ? {} : { detail: `${document.source} → ${document.target}` }),
      run: () => openTab({ kind: 'sync', params: { name } }),
    }))
}
