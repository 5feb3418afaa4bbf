import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PipelineState, TextProblem } from '../../../../engine/contract/api/authoring.ts'
import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { emptyHistory, type History, redone, remembered, undone } from './history.ts'
import { type Written, withDrawn, withPrinted, withRead, withTyped, written } from './written.ts'

interface Placed {
  readonly document: PipelineFile
  readonly layout: LayoutFile
}

/** What undo brings back. */
interface Edited extends Written {
  readonly layout: LayoutFile
}

interface Saved extends Placed {
  readonly text: string
}

export interface PipelineEditorState extends Edited {
  readonly pipeline: string
  /** Of the file that the editing began with. */
  readonly digest: string
  /** What was saved last; anything else is a change. */
  readonly saved: Saved
  readonly history: History<Edited>
  readonly selection: readonly string[]
  /** The output whose rows are shown: `node` or `node.output`. */
  readonly shownOutput: string | undefined
  /** Values of parameters, as they were typed for the last run: rows are shown with them. */
  readonly typedParameters: Readonly<Record<string, string>>
  /** Whether rows and columns come from snapshots alone. */
  readonly isOffline: boolean
  /** What the engine last said about the nodes. */
  readonly state: PipelineState | undefined
  /** What the engine last said about the text. */
  readonly textProblems: readonly TextProblem[]
}

export interface PipelineEditor {
  readonly store: StoreApi<PipelineEditorState>
  /** One step of undo; quick changes of one `group` are one step (typing). */
  readonly change: (recipe: (document: PipelineFile) => PipelineFile, group?: string) => void
  readonly arrange: (recipe: (layout: LayoutFile) => LayoutFile, group?: string) => void
  /** Both at once: a new node and its place. */
  readonly changeBoth: (recipe: (placed: Placed) => Placed) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly select: (nodes: readonly string[]) => void
  readonly showOutput: (output: string | undefined) => void
  /** The text as it is typed; what it means follows with `read`. */
  readonly typed: (text: string) => void
  /** What the engine read in `text`; without a document it is no pipeline. Late answers are dropped. */
  readonly read: (
    text: string,
    found: { readonly document?: PipelineFile | undefined; readonly problems: readonly TextProblem[] },
  ) => void
  /** What the engine printed for a document over a text; late answers are dropped. */
  readonly printed: (asked: { readonly document: PipelineFile; readonly text: string }, text: string) => void
  /** Puts text that says the document in the place of text that is no pipeline. */
  readonly rewritten: (document: PipelineFile, text: string) => void
  readonly setParameters: (typed: Readonly<Record<string, string>>) => void
  readonly setOffline: (isOffline: boolean) => void
  readonly learn: (state: PipelineState) => void
  /** What was sent to the disk is there now. */
  readonly savedAs: (saved: Saved, digest: string) => void
}

export interface OpenedPipeline {
  readonly pipeline: string
  readonly document: PipelineFile
  readonly text: string
  readonly digest: string
  readonly layout: LayoutFile
}

const NO_PROBLEMS: readonly TextProblem[] = []

/** The editing of one pipeline: its document and its text, each of which follows the other. */
export function openEditor({ pipeline, document, text, digest, layout }: OpenedPipeline): PipelineEditor {
  const store = createStore<PipelineEditorState>(() => ({
    ...written(document, text),
    pipeline,
    layout,
    digest,
    saved: { document, layout, text },
    history: emptyHistory(),
    selection: [],
    shownOutput: undefined,
    typedParameters: {},
    isOffline: false,
    state: undefined,
    textProblems: NO_PROBLEMS,
  }))
  const edit = (recipe: (edited: Edited) => Edited, group?: string): void => {
    const before = editedOf(store.getState())
    const next = recipe(before)
    if (isUnchanged(before, next)) return
    const history = remembered(store.getState().history, before, group, Date.now())
    store.setState({ ...next, history })
  }
  const step = (move: typeof undone<Edited>): void => {
    const state = store.getState()
    const moved = move(state.history, editedOf(state))
    if (moved === undefined) return
    const selection = state.selection.filter((name) => name in moved.value.document.nodes)
    store.setState({ ...moved.value, history: moved.history, selection })
  }
  const place = (recipe: (placed: Placed) => Placed, group?: string): void =>
    edit((edited) => {
      const next = recipe(edited)
      return { ...withDrawn(edited, next.document), layout: next.layout }
    }, group)
  return {
    store,
    change: (recipe, group) => place((placed) => ({ ...placed, document: recipe(placed.document) }), group),
    arrange: (recipe, group) => place((placed) => ({ ...placed, layout: recipe(placed.layout) }), group),
    changeBoth: place,
    undo: () => step(undone),
    redo: () => step(redone),
    select: (selection) =>
      store.setState(selection.length === 1 ? { selection, shownOutput: selection[0] } : { selection }),
    showOutput: (shownOutput) => store.setState({ shownOutput }),
    typed: (next) => edit((edited) => ({ ...edited, ...withTyped(edited, next) }), 'code'),
    read: (of, { document: found, problems }) => {
      const { saved, text: now } = store.getState()
      if (of !== now) return
      // Typed back to what was saved it is what was saved.
      const said = found !== undefined && of === saved.text ? saved.document : found
      store.setState((state) => ({ ...withRead(state, of, said), textProblems: problems }))
    },
    printed: (asked, next) => store.setState((state) => withPrinted(state, asked, next)),
    rewritten: (of, next) => edit((edited) => (edited.document === of ? { ...edited, ...written(of, next) } : edited)),
    setParameters: (typedParameters) => store.setState({ typedParameters }),
    setOffline: (isOffline) => store.setState({ isOffline }),
    learn: (state) => store.setState({ state }),
    savedAs: (saved, next) => store.setState({ saved, digest: next }),
  }
}

/** Whether anything differs from what was saved. */
export function isDirty({ document, layout, text, saved }: PipelineEditorState): boolean {
  return document !== saved.document || layout !== saved.layout || text !== saved.text
}

function editedOf({ document, layout, text, agreed, reading }: PipelineEditorState): Edited {
  return { document, layout, text, agreed, reading }
}

function isUnchanged(before: Edited, after: Edited): boolean {
  return (
    before.document === after.document &&
    before.layout === after.layout &&
    before.text === after.text &&
    before.reading === after.reading
  )
}
