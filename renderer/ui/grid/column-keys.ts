/** What a key does with the column it is pressed on. */
export type ColumnAct = { readonly moveBy: -1 | 1 } | { readonly widenBy: number }

interface PressedKey {
  readonly key: string
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

const WIDER_PX = 16

/** Alt with an arrow moves the column; with Shift too it gets wider or narrower. */
export function columnAct({ key, altKey, shiftKey, ctrlKey, metaKey }: PressedKey): ColumnAct | undefined {
  if (!altKey || ctrlKey || metaKey) return undefined
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : undefined
  if (step === undefined) return undefined
  return shiftKey ? { widenBy: step * WIDER_PX } : { moveBy: step }
}

/** Where a column goes that is dropped on another one: before it, or behind it. Undefined when it stays. */
export function dropTarget(from: number, onto: number, isBehind: boolean): number | undefined {
  const before = isBehind ? onto + 1 : onto
  const to = before > from ? before - 1 : before
  return to === from ? undefined : to
}
