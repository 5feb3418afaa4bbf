import { useEffect } from 'react'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { isDirty, type PipelineEditor, type PipelineEditorState } from './editor-store.ts'

const STATE_MS = 200
const PRINT_MS = 300
const DRAFT_MS = 3_000

/** Runs `act` a moment after the last change of what `select` gives; a newer one cancels it. */
interface After<Part> {
  readonly select: (state: PipelineEditorState) => Part
  readonly delayMs: number
  readonly act: (part: Part, signal: AbortSignal) => Promise<void>
  /** Also at the beginning, before anything changed. */
  readonly isEager?: boolean
}

function useAfter<Part>(editor: PipelineEditor, { select, delayMs, act, isEager = false }: After<Part>): void {
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
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the callbacks read the store, not what they close over
  }, [editor])
}

/** Keeps everything that follows from the document up to date: what the engine knows of it, its text, the draft on the disk, the tab's mark. */
export function useSync(tabId: string, editor: PipelineEditor): void {
  const engine = useEngine()
  const workbench = useWorkbench()
  const { pipeline } = editor.store.getState()
  const file = `pipelines/${pipeline}.yaml`

  useAfter(editor, {
    select: (state) => state.document,
    delayMs: STATE_MS,
    isEager: true,
    act: async (document, signal) => {
      const found = await engine.pipelines.state({ pipeline, draft: { document } }, { signal })
      if (!signal.aborted) editor.learn(found)
    },
  })
  useAfter(editor, {
    select: (state) => state.document,
    delayMs: PRINT_MS,
    act: async (document, signal) => {
      const { text, saved } = editor.store.getState()
      if (document === saved.document) return editor.printed(document, saved.text)
      const printed = await engine.pipelines.print({ document, text }, { signal })
      if (!signal.aborted) editor.printed(document, printed.text)
    },
  })
  useAfter(editor, {
    select: (state) => state.text,
    delayMs: DRAFT_MS,
    act: async (text, signal) => {
      const { digest } = editor.store.getState()
      if (isDirty(editor.store.getState())) await engine.drafts.save({ file, text, baseDigest: digest }, { signal })
    },
  })
  useEffect(
    () => editor.store.subscribe((state) => workbench.setDirty(tabId, isDirty(state))),
    [editor, workbench, tabId],
  )
}
