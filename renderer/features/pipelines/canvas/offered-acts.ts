import type { CanvasAct } from './canvas-keys.ts'

interface Selected {
  /** How many nodes. */
  readonly nodes: number
  /** Ids of edges, notes and frames. */
  readonly picked: readonly string[]
}

/** The acts that make sense for what is selected, in groups; for nothing selected those of the whole drawing. */
export function actsFor({ nodes, picked }: Selected): readonly (readonly CanvasAct[])[] {
  const marks = picked.filter((id) => id.startsWith('note:') || id.startsWith('group:'))
  const frames = picked.filter((id) => id.startsWith('group:'))
  const edges = picked.length - marks.length
  if (nodes === 0 && picked.length === 0) {
    return [
      ['add', 'note', 'paste'],
      ['selectAll', 'find'],
      ['fit', 'arrange', 'keys'],
    ]
  }
  const isOneNode = nodes === 1 && picked.length === 0
  const groups: readonly (readonly CanvasAct[])[] = [
    isOneNode ? ['add', 'connect'] : nodes === 0 && edges === 1 && marks.length === 0 ? ['add'] : [],
    nodes > 0 ? ['copy', 'cut', 'duplicate'] : [],
    nodes > 1 ? ['left', 'centre', 'right', 'top', 'middle', 'bottom'] : [],
    nodes > 2 ? ['across', 'down'] : [],
    [
      ...(nodes > 0 ? (['group'] as const) : []),
      ...(frames.length > 0 ? (['ungroup', 'fold'] as const) : []),
      ...(nodes === 0 && picked.length === 1 && marks.length === 1 ? (['write'] as const) : []),
      ...(nodes > 0 ? (['fitSelection'] as const) : []),
    ],
    ['delete'],
  ]
  return groups.filter((group) => group.length > 0)
}
