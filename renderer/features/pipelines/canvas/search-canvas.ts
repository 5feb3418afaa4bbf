import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'

export interface CanvasMatch {
  /** Of the node, note or frame on the canvas. */
  readonly id: string
  /** The text that it was found by. */
  readonly text: string
}

export interface Searched {
  readonly document: PipelineFile
  readonly layout: LayoutFile
  /** What a kind of node is called. */
  readonly titleOf: (kind: string) => string
}

/** Ids on the canvas of what is no node: a node's name has no colon. */
export const noteId = (id: string): string => `note:${id}`
export const groupId = (id: string): string => `group:${id}`

/**
 * Nodes whose name, kind or any text of the settings (expressions, columns, datasets) has every word of the query, then notes and
 * frames by their text. Nodes found by name come first.
 */
export function searchCanvas({ document, layout, titleOf }: Searched, query: string): readonly CanvasMatch[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const has = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word))
  const found = Object.entries(document.nodes).flatMap(([name, config]): Ranked[] => {
    const { type, ...settings } = config
    const texts = [name, `${titleOf(type)} ${type}`, ...textsOf(settings)]
    const rank = texts.findIndex(has)
    if (rank >= 0) return [{ id: name, text: texts[rank] ?? name, rank: Math.min(rank, 2) }]
    return has(texts.join(' ')) ? [{ id: name, text: name, rank: 3 }] : []
  })
  const marks = [
    ...layout.notes.map(({ id, text }) => ({ id: noteId(id), text })),
    ...layout.groups.map(({ id, title }) => ({ id: groupId(id), text: title })),
  ].filter(({ text }) => has(text))
  const nodes = found.toSorted((one, other) => one.rank - other.rank)
  return [...nodes.map(({ id, text }) => ({ id, text })), ...marks]
}

interface Ranked extends CanvasMatch {
  readonly rank: number
}

/** Every text in the settings, at any depth. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
