import { useAct } from '../../../app/rpc/use-act.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { useEditor } from '../document/use-editor.ts'

/** Saves, then starts the pipeline and shows the run: what runs is always what is on the disk. */
export function useStartRun(save: () => Promise<boolean>) {
  const { editor } = useEditor()
  const { openTab } = useWorkbench()
  const starting = useAct((engine, pipeline: string) => engine.runs.start({ pipeline }), ['runs'])
  return {
    start: async (): Promise<void> => {
      if (!(await save())) return
      const started = await starting.run(editor.store.getState().pipeline)
      if (started !== undefined) openTab({ kind: 'run', params: { runId: started.runId } })
    },
    isStarting: starting.isRunning,
    failure: starting.failure,
  }
}
