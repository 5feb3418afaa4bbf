import { useHotkeys } from 'react-hotkeys-hook'
import type { Command, StudioContext } from '../feature.ts'
import { COMMANDS } from '../features.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { useWorkbench } from '../workbench/use-workbench.ts'
import { SHELL_KEYS } from './shell-keys.ts'

const EVERYWHERE = { enableOnFormTags: true, enableOnContentEditable: true, preventDefault: true } as const

/** Runs commands by their keys, from wherever the focus is, and the keys of the workbench itself. */
export function useCommandKeys(context: StudioContext): void {
  const workbench = useWorkbench()
  const changed = usePreferences((state) => state.keys)
  const commands = COMMANDS.flatMap((command) => {
    const keys = changed[command.id] ?? command.keys
    return keys === undefined ? [] : [{ command, keys }]
  })
  const all = [...commands.map(({ keys }) => keys), ...SHELL_KEYS.map(({ keys }) => keys)]
  useHotkeys(
    all,
    (_event, { hotkey }) => {
      const shellKey = SHELL_KEYS.find(({ keys }) => keys === hotkey)
      if (shellKey !== undefined) return shellKey.run(workbench)
      const found = commands.find(({ keys }) => keys === hotkey)?.command
      if (found !== undefined && isOffered(found, context)) void found.run(context)
    },
    EVERYWHERE,
    [context, workbench, changed],
  )
}

function isOffered(command: Command, context: StudioContext): boolean {
  return command.isOffered?.(context) ?? true
}
