import type { Found, StudioContext } from '../../../app/feature.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'

const MOST = 20

/** Pipelines by their name, and nodes and columns by what their files say. */
export async function findNodes(
  query: string,
  { engine, openTab }: StudioContext,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const word = query.toLowerCase()
  const [all, kinds] = await Promise.all([
    engine.pipelines.list(undefined, { signal }),
    engine.pipelines.kinds(undefined, { signal }),
  ])
  const { language } = usePreferences.getState()
  const titles = new Map(kinds.map(({ kind, title }) => [kind, title[language]]))
  const inside = await Promise.all(
    all.map(async ({ name, description }): Promise<Found[]> => {
      const open = (): void => openTab({ kind: 'pipeline', params: { pipeline: name } })
      const own = name.toLowerCase().includes(word)
        ? [{ id: name, label: name, ...(description === undefined ? {} : { detail: description }), run: open }]
        : []
      const { document } = await engine.pipelines.get({ pipeline: name }, { signal })
      const nodes = Object.entries(document.nodes)
        .filter(
          ([node, config]) => node.toLowerCase().includes(word) || JSON.stringify(config).toLowerCase().includes(word),
        )
        .map(([node, { type }]) => ({
          id: `${name}/${node}`,
          label: node,
          detail: `${name} · ${titles.get(type) ?? type}`,
          run: open,
        }))
      return [...own, ...nodes]
    }),
  )
  return inside.flat().slice(0, MOST)
}
