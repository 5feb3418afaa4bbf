import { z } from 'zod'

const storedSchema = z.array(z.number().min(0).max(100))

/** Sizes in percent by panel, as they were kept for so many panels; undefined where none were. */
export function keptSizes(
  storage: Pick<Storage, 'getItem'>,
  id: string,
  panelIds: readonly string[],
): Record<string, number> | undefined {
  const stored = storage.getItem(keyOf(id, panelIds))
  if (stored === null) return undefined
  try {
    const { data } = storedSchema.length(panelIds.length).safeParse(JSON.parse(stored))
    return data && Object.fromEntries(panelIds.map((panel, at) => [panel, data[at] ?? 0]))
  } catch {
    return undefined
  }
}

/** Keeps sizes by the panels' order: their ids are other ones each time a tab is drawn. */
export function keepSizes(
  storage: Pick<Storage, 'setItem'>,
  id: string,
  panelIds: readonly string[],
  sizes: Readonly<Record<string, number>>,
): void {
  storage.setItem(keyOf(id, panelIds), JSON.stringify(panelIds.map((panel) => sizes[panel] ?? 0)))
}

function keyOf(id: string, panelIds: readonly string[]): string {
  return `runnel.split.${id}.${panelIds.length}`
}
