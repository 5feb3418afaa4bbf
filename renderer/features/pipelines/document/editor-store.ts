import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PipelineState } from '../../../../engine/contract/api/authoring.ts'
import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { emptyHistory, type History, redone, remembered, undone } from './history.ts'

/** What undo brings back. */
interface Edited {
  readonly document: PipelineFile
  readonly layout: LayoutFile
}

export interface PipelineEditorState extends Edited {
  readonly pipeline: string
  /** The document as YAML; in the code view it may be ahead of the document, while it is no pipeline. */
  readonly text: string
  /** Of the file that the editing began with. */
  readonly digest: string
  /** What was saved last; anything else is a change. */
  readonly saved: Edited & { readonly text: string }
  readonly history: History<Edited>
  readonly selection: readonly string[]
  /** The output whose rows are shown: `node` or `node.output`. */
  readonly shownOutput: string | undefined
  /** What the engine last said about the nodes. */
  readonly state: PipelineState | undefined
}

export interface PipelineEditor {
  readonly store: StoreApi<PipelineEditorState>
  /** One step of undo; quick changes of one `group` are one step (typing). */
  readonly change: (recipe: (document: PipelineFile) => PipelineFile, group?: string) => void
  readonly arrange: (recipe: (layout: LayoutFile) => LayoutFile, group?: string) => void
  /** Both at once: a new node and its place. */
  readonly changeBoth: (recipe: (edited: Edited) => Edited) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly select: (nodes: readonly string[]) => void
  readonly showOutput: (output: string | undefined) => void
  /** The text as it is typed; `document` when it is one. */
  readonly typed: (text: string, document: PipelineFile | undefined) => void
  /** The text that the engine printed for `document`; late answers for an older one are dropped. */
  readonly printed: (document: PipelineFile, text: string) => void
  readonly learn: (state: PipelineState) => void
  /** What was sent to the disk is there now. */
  readonly savedAs: (saved: Edited & { readonly text: string }, digest: string) => void
}

export interface OpenedPipeline {
  readonly pipeline: string
  readonly document: PipelineFile
  readonly text: string
  readonly digest: string
  readonly layout: LayoutFile
}

/** The editing of one pipeline. The document is the truth; its text and what is known of its nodes follow it. */
export function openEditor({ pipeline, document, text, digest, layout }: OpenedPipeline): PipelineEditor {
  const store = createStore<PipelineEditorState>(() => ({
    pipeline,
    document,
    layout,
    text,
    digest,
    saved: { document, layout, text },
    history: emptyHistory(),
    selection: [],
    shownOutput: undefined,
    state: undefined,
  }))
  const edit = (recipe: (edited: Edited) => Edited, group?: string): void => {
    const { document: before, layout: placed, history } = store.getState()
    const next = recipe({ document: before, layout: placed })
    if (next.document === before && next.layout === placed) return
    store.setState({ ...next, history: remembered(history, { document: before, layout: placed }, group, Date.now()) })
  }
  const step = (move: typeof undone<Edited>): void => {
    const { document: now, layout: placed, history, selection } = store.getState()
    const moved = move(history, { document: now, layout: placed })
    if (moved === undefined) return
    const kept = selection.filter((name) => name in moved.value.document.nodes)
    store.setState({ ...moved.value, history: moved.history, selection: kept })
  }
  return {
    store,
    change: (recipe, group) => edit((edited) => ({ ...edited, document: recipe(edited.document) }), group),
    arrange: (recipe, group) => edit((edited) => ({ ...edited, layout: recipe(edited.layout) }), group),
    changeBoth: edit,
    undo: () => step(undone),
    redo: () => step(redone),
    select: (selection) =>
      store.setState(selection.length === 1 ? { selection, shownOutput: selection[0] } : { selection }),
    showOutput: (shownOutput) => store.setState({ shownOutput }),
    typed: (next, parsed) => {
      if (parsed !== undefined) edit((edited) => ({ ...edited, document: parsed }), 'code')
      store.setState({ text: next })
    },
    printed: (of, next) => {
      if (store.getState().document === of) store.setState({ text: next })
    },
    learn: (state) => store.setState({ state }),
    savedAs: (saved, next) => store.setState({ saved, digest: next }),
  }
}

/** Whether anything differs from what was saved. */
export function isDirty({ document, layout, text, saved }: PipelineEditorState): boolean {
  return document !== saved.document || layout !== saved.layout || text !== saved.text
}
