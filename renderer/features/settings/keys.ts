import type { Command } from '../../app/feature.ts'

/** The keys of a command: changed ones, else its own. */
export function keysOf(
  command: Pick<Command, 'id' | 'keys'>,
  changed: Readonly<Record<string, string>>,
): string | undefined {
  return changed[command.id] ?? command.keys
}

const MODIFIERS = ['mod', 'ctrl', 'meta', 'alt', 'shift']

/** Pressed keys as hotkeys are written: modifiers first, joined by `+`. */
export function keysText(pressed: ReadonlySet<string>): string {
  return [...pressed].toSorted((a, b) => rank(a) - rank(b)).join('+')
}

/** The other command that has these keys already. `mod` is Ctrl, and ⌘ on a Mac. */
export function keyClash<One extends Pick<Command, 'id' | 'keys'>>(
  commands: readonly One[],
  changed: Readonly<Record<string, string>>,
  id: string,
  keys: string,
): One | undefined {
  if (keys === '') return undefined
  return commands.find((command) => command.id !== id && plain(keysOf(command, changed)) === plain(keys))
}

function rank(key: string): number {
  const at = MODIFIERS.indexOf(key)
  return at < 0 ? MODIFIERS.length : at
}

function plain(text: string | undefined): string | undefined {
  return text?.replace(/\b(mod|meta)\b/g, 'ctrl')
}
