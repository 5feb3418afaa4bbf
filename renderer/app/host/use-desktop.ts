import { useEffect } from 'react'
import type { MenuCommand } from '../../../preload/host-api.ts'
import type { StudioContext } from '../feature.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { keepWorkspace } from '../session/last-workspace.ts'
import { useSession } from '../session/session-context.ts'
import { closeActiveTab } from '../shell/shell-keys.ts'
import { useWorkbench } from '../workbench/use-workbench.ts'
import type { Workbench } from '../workbench/workbench.ts'
import { desktopHost } from './desktop-host.ts'

/** Keys of what a menu asks for that the page does by itself where the focus is. */
const PRESSED: Partial<Record<MenuCommand, KeyboardEventInit>> = {
  save: { key: 's', code: 'KeyS', ctrlKey: true },
  undo: { key: 'z', code: 'KeyZ', ctrlKey: true },
  redo: { key: 'y', code: 'KeyY', ctrlKey: true },
}

/** On a desktop: does what its menus, links and files ask for, and has its menus follow the language. Nothing in a browser. */
export function useDesktop(context: StudioContext): void {
  const workbench = useWorkbench()
  const session = useSession()
  const language = usePreferences((state) => state.language)
  useEffect(() => desktopHost()?.setLanguage(language), [language])
  useEffect(
    () => desktopHost()?.onCommand((command) => obey(command, context, workbench, () => session.choose(undefined))),
    [context, workbench, session],
  )
  useEffect(
    () =>
      desktopHost()?.onOpening(({ workspace, show }) => {
        if (workspace !== context.workspace) {
          keepWorkspace(workspace)
          return session.choose(workspace)
        }
        if (show?.kind === 'pipeline') context.openTab({ kind: 'pipeline', params: { pipeline: show.name } })
        else if (show !== undefined) context.openTab({ kind: show.kind, params: { name: show.name } })
      }),
    [context, session],
  )
}

function obey(command: MenuCommand, { openTab }: StudioContext, workbench: Workbench, leave: () => void): void {
  const pressed = PRESSED[command]
  if (pressed !== undefined) {
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...pressed }))
    return
  }
  switch (command) {
    case 'palette':
      return workbench.setPalette(true)
    case 'close-tab':
      return closeActiveTab(workbench)
    case 'settings':
    case 'about':
      return openTab({ kind: 'settings' })
    case 'close-workspace':
      keepWorkspace(undefined)
      return leave()
    case 'open-file':
      return workbench.showActivity('connections')
    case 'new-workspace':
    case 'open-workspace':
      return openTab({ kind: 'home' })
    case 'save':
    case 'undo':
    case 'redo':
      // Pressed above, where the focus is.
      return undefined
    default:
      return command satisfies never
  }
}
