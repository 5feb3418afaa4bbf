/** What a menu asks of whatever has the focus. */
export interface KeysToPress {
  readonly keys: KeyboardEventInit
  /** What the browser does with a field's text by itself when nobody takes the keys. */
  readonly field?: 'undo' | 'redo'
}

/**
 * Presses keys where the focus is. A page may not have its browser act on keys that it only made up: what they do with the text of
 * a field is asked for by its name.
 */
export function pressKeys({ keys, field }: KeysToPress): void {
  const target = document.activeElement ?? document.body
  const pressed = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...keys })
  const isTaken = !target.dispatchEvent(pressed)
  if (!isTaken && field !== undefined && isField(target)) document.execCommand(field)
}

function isField(target: Element): boolean {
  return target.matches('input, textarea') || (target instanceof HTMLElement && target.isContentEditable)
}
