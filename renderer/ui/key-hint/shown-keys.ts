const MAC: Readonly<Record<string, string>> = { mod: '⌘', meta: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' }
const OTHER: Readonly<Record<string, string>> = { mod: 'Ctrl', meta: 'Win', ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift' }
const NAMED: Readonly<Record<string, string>> = {
  comma: ',',
  pagedown: 'PgDn',
  pageup: 'PgUp',
  enter: 'Enter',
  space: 'Space',
  delete: 'Del',
  backspace: '⌫',
  escape: 'Esc',
  tab: 'Tab',
  arrows: '← ↑ ↓ →',
}

/** `mod+shift+h` as `Ctrl+Shift+H`, or `⌘⇧H` on a Mac. */
export function shownKeys(keys: string, isMac: boolean): string {
  const names = isMac ? MAC : OTHER
  return keys
    .split('+')
    .map((key) => names[key] ?? NAMED[key] ?? key.toUpperCase())
    .join(isMac ? '' : '+')
}
