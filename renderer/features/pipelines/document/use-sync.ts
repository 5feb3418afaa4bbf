import { useEffect } from 'react'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { isDirty, type PipelineEditor } from './editor-store.ts'

const STATE_MS = 200
const PRINT_MS = 300
const DRAFT_MS = 3_000

/** Runs `act` a moment after the last change of what `select` gives; a newer one cancels it. */
function useAfter<Part>(
  editor: PipelineEditor,
  select: (state: ReturnType<PipelineEditor['store']['getState']>) => Part,
  delayMs: number,
  act: (part: Part, signal: AbortSignal) => Promise<void>,
  isEager = false,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the callbacks read the store, not what they close over
  useEffect(() => {
    let running = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = select(editor.store.getState())
    const start = (wait: number): void => {
      clearTimeout(timer)
      running.abort()
      running = new AbortController()
      const { signal } = running
      // A question that fails says so where it is shown; here the next change asks again.
      timer = setTimeout(() => void act(last, signal).catch(() => undefined), wait)
    }
    if (isEager) start(0)
    const stop = editor.store.subscribe((state) => {
      const next = select(state)
      if (next === last) return
      last = next
      start(delayMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
      running.abort()
    }
  }, [editor])
}

/** Keeps everything that follows from the document up to date: what the engine knows of it, its text, the draft on the disk, the tab's mark. */
export function useSync(tabId: string, editor: PipelineEditor): void {
  const engine = useEngine()
  const workbench = useWorkbench()
  const { pipeline } = editor.store.getState()
  const file = `pipelines/${pipeline}.yaml`

  useAfter(
    editor,
    (state) => state.document,
    STATE_MS,
    async (document, signal) => {
      const found = await engine.pipelines.state({ pipeline, draft: { document } }, { signal })
      if (!signal.aborted) editor.learn(found)
    },
    true,
  )
  useAfter(
    editor,
    (state) => state.document,
    PRINT_MS,
    async (document, signal) => {
      const { text, saved } = editor.store.getState()
      if (document === saved.document) return editor.printed(document, saved.text)
      const printed = await engine.pipelines.print({ document, text }, { signal })
      if (!signal.aborted) editor.printed(document, printed.text)
    },
  )
  useAfter(
    editor,
    (state) => state.text,
    DRAFT_MS,
    async (text, signal) => {
      const { digest } = editor.store.getState()
      if (isDirty(editor.store.getState())) await engine.drafts.save({ file, text, baseDigest: digest }, { signal })
    },
  )
  useEffect(
    () => editor.store.subscribe((state) => workbench.setDirty(tabId, isDirty(state))),
    [editor, workbench, tabId],
  )
}
