import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../engine/contract/failure.ts'
import { keepWorkspace } from '../../app/early/last-workspace.ts'
import { useChoosePath } from '../../app/host/choose-path.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useSession } from '../../app/session/session-context.ts'
import { startTour } from './tour-state.ts'

interface EnterWorkspace {
  readonly open: () => Promise<void>
  readonly create: () => Promise<void>
  readonly sample: () => Promise<void>
  readonly enter: (directory: string) => void
  readonly isBusy: boolean
  readonly failure: Failure | undefined
}

/** The ways into a workspace. Whatever is entered becomes the one that the next start opens. */
export function useEnterWorkspace(proposed: string): EnterWorkspace {
  const { t } = useTranslation('home')
  const choose = useChoosePath()
  const session = useSession()
  const remember = useAct((engine, directory: string) => engine.studio.recent.add({ directory }))
  const make = useAct((engine, directory: string) => engine.workspace.create({ directory }))
  const makeSample = useAct((engine) => engine.studio.sample({}))
  const enter = async (directory: string): Promise<void> => {
    await remember.run(directory)
    keepWorkspace(directory)
    session.choose(directory)
  }
  const ask = async (mayBeNew: boolean, action: string): Promise<string | undefined> =>
    choose({ kind: 'folder', title: action, action, startAt: proposed, ...(mayBeNew ? { mayBeNew } : {}) })
  return {
    open: async () => {
      const directory = await ask(false, t('start.open'))
      if (directory !== undefined) await enter(directory)
    },
    create: async () => {
      const directory = await ask(true, t('start.create'))
      const made = directory === undefined ? undefined : await make.run(directory)
      if (made !== undefined) await enter(made.directory)
    },
    sample: async () => {
      const made = await makeSample.run(undefined)
      if (made === undefined) return
      startTour()
      await enter(made.directory)
    },
    enter: (directory) => void enter(directory),
    isBusy: makeSample.isRunning || make.isRunning,
    failure: makeSample.failure ?? make.failure,
  }
}
