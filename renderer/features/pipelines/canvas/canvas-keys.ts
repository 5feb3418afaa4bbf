/** What can be done on the canvas by a key, a menu or a button. */
export const CANVAS_ACTS = [
  'add',
  'connect',
  'delete',
  'selectAll',
  'copy',
  'cut',
  'paste',
  'duplicate',
  'find',
  'fit',
  'fitSelection',
  'arrange',
  'note',
  'group',
  'ungroup',
  'fold',
  'write',
  'left',
  'centre',
  'right',
  'top',
  'middle',
  'bottom',
  'across',
  'down',
  'keys',
] as const
export type CanvasAct = (typeof CANVAS_ACTS)[number]

/** Keys of every act as `KeyHint` writes them; the first is the one that is shown. */
export const CANVAS_KEYS: Readonly<Record<CanvasAct, readonly string[]>> = {
  add: ['a'],
  connect: ['c'],
  delete: ['delete', 'backspace'],
  selectAll: ['mod+a'],
  copy: ['mod+c'],
  cut: ['mod+x'],
  paste: ['mod+v'],
  duplicate: ['mod+d'],
  find: ['mod+f'],
  fit: ['shift+1', 'f'],
  fitSelection: ['shift+2'],
  arrange: ['shift+a'],
  note: ['n'],
  group: ['mod+g', 'g'],
  ungroup: ['mod+shift+g'],
  fold: ['e'],
  write: ['f2'],
  left: ['alt+a'],
  centre: ['alt+h'],
  right: ['alt+d'],
  top: ['alt+w'],
  middle: ['alt+v'],
  bottom: ['alt+s'],
  across: ['alt+shift+h'],
  down: ['alt+shift+v'],
  keys: ['?', 'shift+?'],
}

export interface PressedKey {
  readonly key: string
  /** The key's place on the keyboard: what Shift or Alt make of a letter differs between keyboards. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** The act that a key stands for; undefined for any other key. */
export function actOf(pressed: PressedKey): CanvasAct | undefined {
  const names = namesOf(pressed)
  return CANVAS_ACTS.find((act) => CANVAS_KEYS[act].some((keys) => names.includes(keys)))
}

function namesOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: PressedKey): readonly string[] {
  const before = [ctrlKey || metaKey ? 'mod' : '', altKey ? 'alt' : '', shiftKey ? 'shift' : ''].filter(Boolean)
  const place = code.replace(/^(Key|Digit)/, '').toLowerCase()
  return [key.toLowerCase(), place].map((name) => [...before, name].join('+'))
}
