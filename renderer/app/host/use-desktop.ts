import { useEffect } from 'react'
import type { MenuCommand, RunnelHost } from '../../../preload/host-api.ts'
import type { StudioContext } from '../feature.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { useAnswer } from '../rpc/use-answer.ts'
import { closeActiveTab } from '../shell/shell-keys.ts'
import { useWorkbench } from '../workbench/use-workbench.ts'
import type { Workbench } from '../workbench/workbench.ts'
import { desktopHost } from './desktop-host.ts'
import { keepPending, show, showPending } from './pending-show.ts'
import { type KeysToPress, pressKeys } from './press-keys.ts'
import { type MenuActs, useMenuActs } from './use-menu-acts.ts'

const isMac = /Mac/.test(navigator.platform)
const MOD = isMac ? { metaKey: true } : { ctrlKey: true }

/** Keys of what a menu asks for that the page does by itself where the focus is. The code editor knows them by their number alone. */
const PRESSED: Partial<Record<MenuCommand, KeysToPress>> = {
  save: { keys: { key: 's', code: 'KeyS', keyCode: 83, ...MOD } },
  undo: { keys: { key: 'z', code: 'KeyZ', keyCode: 90, ...MOD }, field: 'undo' },
  redo: {
    keys: isMac
      ? { key: 'z', code: 'KeyZ', keyCode: 90, shiftKey: true, ...MOD }
      : { key: 'y', code: 'KeyY', keyCode: 89, ...MOD },
    field: 'redo',
  },
}

/** On a desktop: does what its menus, links and files ask for, and has its menus follow the studio. Nothing in a browser. */
export function useDesktop(context: StudioContext): void {
  const workbench = useWorkbench()
  const acts = useMenuActs(context)
  const language = usePreferences((state) => state.language)
  useEffect(() => desktopHost()?.setLanguage(language), [language])
  useRecentInMenu()
  useEffect(() => {
    const host = desktopHost()
    return host?.onCommand((command) => obey(command, { host, context, workbench, acts }))
  }, [context, workbench, acts])
  useEffect(() => {
    showPending(context)
    return desktopHost()?.onOpening((opening) => {
      if (opening.workspace === context.workspace) return show(opening, context)
      keepPending(opening)
      acts.enter(opening.workspace)
    })
  }, [context, acts])
}

/** Has the menu of recent workspaces follow those that the engine remembers. */
function useRecentInMenu(): void {
  const recent = useAnswer(['studio', 'recent'], (engine, signal) => engine.studio.recent.list(undefined, { signal }), {
    isEnabled: desktopHost() !== undefined,
  })
  const list = recent.state === 'ready' ? recent.data : undefined
  useEffect(() => {
    const there = list?.filter(({ isThere }) => isThere).map(({ directory, name }) => ({ directory, name }))
    if (there !== undefined) desktopHost()?.setRecent(there)
  }, [list])
}

interface Surroundings {
  readonly host: RunnelHost
  readonly context: StudioContext
  readonly workbench: Workbench
  readonly acts: MenuActs
}

function obey(command: MenuCommand, { host, context, workbench, acts }: Surroundings): void {
  const pressed = PRESSED[command]
  if (pressed !== undefined) return pressKeys(pressed)
  switch (command) {
    case 'palette':
      return workbench.setPalette(true)
    case 'close-tab':
      return closeActiveTab(workbench)
    case 'settings':
    case 'about':
      return context.openTab({ kind: 'settings' })
    case 'close-workspace':
      return acts.leaveWorkspace()
    case 'open-file':
      return void acts.openFile(host)
    case 'new-workspace':
      return void acts.newWorkspace(host)
    case 'open-workspace':
      return void acts.openWorkspace(host)
    case 'save':
    case 'undo':
    case 'redo':
      // Pressed above, where the focus is.
      return undefined
    default:
      return command satisfies never
  }
}
