import { useEffect, useRef } from 'react'
import { useDraftKeeper } from '../../../app/drafts/use-draft.ts'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { valuesOf } from '../run/run-wish.ts'
import { isDirty, type PipelineEditor, type PipelineEditorState } from './editor-store.ts'
import { printText, readText } from './follow.ts'
import { isUnprinted } from './written.ts'

/** What is told of nodes and the text follow after the preview was asked: the engine answers in turn, and rows come first. */
const STATE_MS = 260
const READ_MS = 150
const PRINT_MS = 240
/** A question that failed is asked again: the engine may be away for a moment. */
const AGAIN_MS = 2_000

/** Runs `act` a moment after the last change of what `select` gives, unless it gives undefined; a newer one cancels it. */
interface After<Part> {
  readonly select: (state: PipelineEditorState) => Part | undefined
  readonly delayMs: number
  readonly act: (part: Part, signal: AbortSignal) => Promise<void>
  /** Also at the beginning, before anything changed. */
  readonly isEager?: boolean
}

function useAfter<Part>(editor: PipelineEditor, { select, delayMs, act, isEager = false }: After<Part>): void {
  // Of the last rendering: the engine that it asks may be another one by then.
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  }, [act])
  useEffect(() => {
    let running = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = select(editor.store.getState())
    const start = (wait: number): void => {
      clearTimeout(timer)
      running.abort()
      running = new AbortController()
      const { signal } = running
      const part = last
      if (part === undefined) return
      const ask = (): Promise<void> => latest.current(part, signal)
      timer = setTimeout(() => void ask().catch(() => signal.aborted || start(AGAIN_MS)), wait)
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

/** Keeps everything that follows from an edit up to date: what the engine knows of it, the other of document and text, the tab's mark. */
export function useSync(tabId: string, editor: PipelineEditor): void {
  const engine = useEngine()
  const workbench = useWorkbench()
  const { pipeline } = editor.store.getState()
  const learn = async (signal: AbortSignal): Promise<void> => {
    const { document, isOffline: offline, typedParameters } = editor.store.getState()
    const parameters = valuesOf(document.parameters ?? {}, typedParameters)
    const found = await engine.pipelines.state({ pipeline, draft: { document }, offline, parameters }, { signal })
    if (!signal.aborted && editor.store.getState().document === document) editor.learn(found)
  }
  useAfter(editor, {
    select: (state) => state.document,
    delayMs: STATE_MS,
    isEager: true,
    act: (_document, signal) => learn(signal),
  })
  useAfter(editor, {
    select: (state) => state.typedParameters,
    delayMs: STATE_MS,
    act: (_typed, signal) => learn(signal),
  })
  useAfter(editor, {
    select: (state) => state.isOffline,
    delayMs: STATE_MS,
    act: (_isOffline, signal) => learn(signal),
  })
  useAfter(editor, {
    select: (state) => state.text,
    delayMs: READ_MS,
    isEager: true,
    act: (_text, signal) => readText(engine.pipelines, editor, signal),
  })
  useAfter(editor, {
    select: (state) => (isUnprinted(state) ? state.document : undefined),
    delayMs: PRINT_MS,
    act: (_document, signal) => printText(engine.pipelines, editor, signal),
  })
  useEffect(
    () => editor.store.subscribe((state) => workbench.setDirty(tabId, isDirty(state))),
    [editor, workbench, tabId],
  )
  useDraft(editor)
}

function useDraft(editor: PipelineEditor): void {
  const keeper = useDraftKeeper(`pipelines/${editor.store.getState().pipeline}.yaml`, () => {
    const state = editor.store.getState()
    const { text, layout, digest } = state
    return isDirty(state) ? { text, layout, baseDigest: digest } : undefined
  })
  useEffect(
    () => editor.store.subscribe(() => keeper()?.changed()),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- gives the same keeper for the life of the tab
    [editor],
  )
}
