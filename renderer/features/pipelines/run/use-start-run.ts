import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../../../engine/contract/failure.ts'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useSession } from '../../../app/session/session-context.ts'
import { workspaceOf } from '../../../app/session/session-state.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { useEditor } from '../document/use-editor.ts'
import { knownRun, mustAsk, NO_WISH, type RunWish, rememberRun, targetsOf, valuesOf } from './run-wish.ts'

interface StartRun {
  /** Runs as it ran last, or asks first where that was never agreed to. */
  readonly start: () => void
  /** Asks how it should run. */
  readonly ask: () => void
  /** What is being asked about; undefined while nothing is. */
  readonly asked: RunWish | undefined
  readonly answer: (wish: RunWish | undefined) => void
  readonly isStarting: boolean
  readonly failure: Failure | undefined
}

/** Saves, then starts the pipeline and shows the run: what runs is always what is on the disk. */
export function useStartRun(save: () => Promise<boolean>): StartRun {
  const { editor } = useEditor()
  const { openTab } = useWorkbench()
  const workspace = useStore(useSession().store, (state) => workspaceOf(state) ?? '')
  const [asked, setAsked] = useState<RunWish>()
  const starting = useAct(
    (engine, wish: RunWish) => {
      const { pipeline, document } = editor.store.getState()
      const { environment, limits } = wish
      return engine.runs.start({
        pipeline,
        parameters: valuesOf(document.parameters ?? {}, wish.parameters),
        ...(environment === undefined ? {} : { environment }),
        ...(Object.keys(limits).length === 0 ? {} : { limits }),
      })
    },
    ['runs'],
  )
  useEffect(() => {
    const last = knownRun(localStorage, workspace, editor.store.getState().pipeline)
    if (last !== undefined) editor.setParameters(last.wish.parameters)
  }, [editor, workspace])
  const known = () => knownRun(localStorage, workspace, editor.store.getState().pipeline)
  const run = async (wish: RunWish): Promise<void> => {
    if (!(await save())) return
    const { pipeline, document } = editor.store.getState()
    editor.setParameters(wish.parameters)
    rememberRun(localStorage, { workspace, pipeline }, { wish, targets: targetsOf(document, wish.environment) })
    const started = await starting.run(wish)
    if (started !== undefined) openTab({ kind: 'run', params: { runId: started.runId } })
  }
  const ask = (): void => setAsked(known()?.wish ?? NO_WISH)
  return {
    start: () => {
      const last = known()
      if (last === undefined || mustAsk(editor.store.getState().document, last)) ask()
      else void run(last.wish)
    },
    ask,
    asked,
    answer: (wish) => {
      setAsked(undefined)
      if (wish !== undefined) void run(wish)
    },
    isStarting: starting.isRunning,
    failure: starting.failure,
  }
}
