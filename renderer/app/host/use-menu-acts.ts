import { App as AntApp } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../../../engine/contract/api/failure-of.ts'
import { describeFailure } from '../../../engine/contract/failure.ts'
import type { RunnelHost } from '../../../preload/host-api.ts'
import { keepWorkspace } from '../early/last-workspace.ts'
import type { StudioContext } from '../feature.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { useSession } from '../session/session-context.ts'

/** What the desktop's menus do with files and folders: each asks by a dialog of the operating system first. */
export interface MenuActs {
  readonly openWorkspace: (host: RunnelHost) => Promise<void>
  readonly newWorkspace: (host: RunnelHost) => Promise<void>
  readonly openFile: (host: RunnelHost) => Promise<void>
  readonly leaveWorkspace: () => void
  /** Goes to a workspace and remembers it. */
  readonly enter: (directory: string) => void
}

export function useMenuActs({ engine, openTab }: StudioContext): MenuActs {
  const { t } = useTranslation(['home', 'app'])
  const { message } = AntApp.useApp()
  const session = useSession()
  const language = usePreferences((state) => state.language)
  return useMemo(() => {
    const tell = (error: unknown): void => {
      const told = describeFailure(failureOf(error), language)
      void message.error(`${told.message} ${told.next}`)
    }
    const go = (directory: string | undefined): void => {
      keepWorkspace(directory)
      session.choose(directory)
    }
    const remember = async (directory: string): Promise<void> => {
      await engine.studio.recent.add({ directory })
      go(directory)
    }
    return {
      openWorkspace: async (host) => {
        const text = t('home:start.open')
        const directory = await host.choosePath({ kind: 'folder', title: text, action: text })
        if (directory !== undefined) await remember(directory).catch(tell)
      },
      newWorkspace: async (host) => {
        const text = t('home:start.create')
        const directory = await host.choosePath({ kind: 'folder', title: text, action: text, mayBeNew: true })
        if (directory === undefined) return
        await engine.workspace
          .create({ directory })
          .then((made) => remember(made.directory))
          .catch(tell)
      },
      openFile: async (host) => {
        const text = t('app:menu.openFile')
        const file = await host.choosePath({ kind: 'file', title: text, action: text })
        if (file !== undefined) openTab({ kind: 'dataset', params: { file } })
      },
      leaveWorkspace: () => go(undefined),
      enter: (directory) => void remember(directory).catch(tell),
    }
  }, [engine, openTab, t, message, session, language])
}
