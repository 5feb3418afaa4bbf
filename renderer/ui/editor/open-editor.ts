import { changedSpan } from './changed-span.ts'
import { type Complete, completeModel } from './completion.ts'
import { echoes } from './echoes.ts'
import { LINE_OPTIONS, TEXT_OPTIONS } from './editor-options.ts'
import { type Explain, explainModel } from './hover.ts'
import type { Monaco } from './load-monaco.ts'
import { rangeOfProblem, type TextProblem } from './text-problem.ts'

export type TextLanguage = 'sql' | 'yaml' | 'plaintext'

export interface EditorAsked {
  readonly value: string
  readonly language: TextLanguage
  readonly label: string
  readonly isReadOnly: boolean
  readonly isSingleLine: boolean
  readonly theme: string
}

/** What happens in an editor; read anew at each event, so it may change. */
export interface EditorEvents {
  readonly onChange: ((value: string) => void) | undefined
  /** Ctrl or Cmd with Enter; in a single line also Enter alone. */
  readonly onRun: ((text: string, isSelection: boolean) => void) | undefined
  readonly complete: Complete | undefined
  readonly explain: Explain | undefined
  /** In place of the editor's own undo and redo: the owner of the text takes its steps back. */
  readonly onUndo: (() => void) | undefined
  readonly onRedo: (() => void) | undefined
  readonly onCaret: ((offset: number) => void) | undefined
  /** What is selected now; undefined when nothing is. */
  readonly onSelect: ((text: string | undefined) => void) | undefined
}

export interface OpenEditor {
  /** Keeps the caret and what can be undone. */
  setValue(value: string): void
  setProblems(problems: readonly TextProblem[]): void
  setReadOnly(isReadOnly: boolean): void
  /** Its name for screen readers, in the language of the page. */
  setLabel(label: string): void
  reveal(line: number): void
  focus(): void
  /** Writes in the place of what is selected. */
  insert(text: string): void
  dispose(): void
}

/** An editor in an element. Lives until `dispose`. */
export function openEditor(
  monaco: Monaco,
  element: HTMLElement,
  asked: EditorAsked,
  events: () => EditorEvents,
): OpenEditor {
  const model = monaco.editor.createModel(asked.value, asked.language)
  const editor = monaco.editor.create(element, {
    ...(asked.isSingleLine ? LINE_OPTIONS : TEXT_OPTIONS),
    model,
    ariaLabel: asked.label,
    readOnly: asked.isReadOnly,
    domReadOnly: asked.isReadOnly,
    theme: asked.theme,
  })
  let isSetting = false
  const told = echoes()
  onWritten(editor, () => {
    if (asked.isSingleLine && model.getLineCount() > 1) return joinLines(model)
    if (isSetting) return
    told.tell(model.getValue())
    events().onChange?.(model.getValue())
  })
  editor.onDidChangeCursorPosition(({ position }) => events().onCaret?.(model.getOffsetAt(position)))
  editor.onDidChangeCursorSelection(({ selection }) =>
    events().onSelect?.(selection.isEmpty() ? undefined : model.getValueInRange(selection)),
  )
  completeModel(monaco, model, async (text, offset, signal) => (await events().complete?.(text, offset, signal)) ?? [])
  explainModel(monaco, model, async (text, offset, signal) => events().explain?.(text, offset, signal))
  addRun(monaco, editor, asked.isSingleLine, events)
  if (events().onUndo !== undefined) addUndo(monaco, editor, events)
  const setValue = (value: string): void => {
    if (told.isEcho(value) || value === model.getValue()) return
    isSetting = true
    model.pushEditOperations([], [changeOf(model, value)], () => null)
    isSetting = false
  }
  return {
    setValue,
    setProblems: (problems) =>
      monaco.editor.setModelMarkers(model, 'runnel', markersOf(monaco, model.getValue(), problems)),
    setReadOnly: (isReadOnly) => editor.updateOptions({ readOnly: isReadOnly, domReadOnly: isReadOnly }),
    setLabel: (label) => editor.updateOptions({ ariaLabel: label }),
    reveal: (line) => {
      editor.revealLineInCenter(line)
      editor.setPosition({ lineNumber: line, column: 1 })
    },
    focus: () => editor.focus(),
    insert: (text) => {
      const range = editor.getSelection()
      if (range !== null) editor.executeEdits('runnel', [{ range, text, forceMoveMarkers: true }])
      editor.focus()
    },
    dispose: () => {
      editor.dispose()
      model.dispose()
    },
  }
}

type CodeEditor = ReturnType<Monaco['editor']['create']>
type Model = ReturnType<Monaco['editor']['createModel']>

/** After each change; what an input method composes is one change, when it is done. */
function onWritten(editor: CodeEditor, hear: () => void): void {
  let isComposing = false
  editor.onDidCompositionStart(() => {
    isComposing = true
  })
  editor.onDidCompositionEnd(() => {
    isComposing = false
    hear()
  })
  editor.onDidChangeModelContent(() => {
    if (!isComposing) hear()
  })
}

/** What is pasted into a single line may have several. */
function joinLines(model: Model): void {
  model.pushEditOperations(
    [],
    [{ range: model.getFullModelRange(), text: model.getValue().replaceAll(/\s*\r?\n\s*/g, ' ') }],
    () => null,
  )
}

/** Only what differs is replaced, so that the caret stays at what it stood at. */
function changeOf(model: Model, value: string) {
  const { start, end, text } = changedSpan(model.getValue(), value)
  const from = model.getPositionAt(start)
  const to = model.getPositionAt(end)
  return {
    range: {
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    },
    text,
  }
}

function addUndo(monaco: Monaco, editor: CodeEditor, events: () => EditorEvents): void {
  const { KeyMod, KeyCode } = monaco
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, () => events().onUndo?.())
  editor.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, () => events().onRedo?.())
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, () => events().onRedo?.())
}

function addRun(monaco: Monaco, editor: CodeEditor, isSingleLine: boolean, events: () => EditorEvents): void {
  const run = (): void => {
    const selection = editor.getSelection()
    const model = editor.getModel()
    if (model === null) return
    const chosen = selection === null || selection.isEmpty() ? '' : model.getValueInRange(selection)
    events().onRun?.(chosen === '' ? model.getValue() : chosen, chosen !== '')
  }
  editor.addAction({ id: 'runnel.run', label: 'Run', keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter], run })
  if (isSingleLine) editor.addCommand(monaco.KeyCode.Enter, run, '!suggestWidgetVisible')
  // The editor would wait for a second key of its own; in the studio this one means the same everywhere.
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyK, () => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true }))
  })
}

function markersOf(monaco: Monaco, text: string, problems: readonly TextProblem[]) {
  return problems.map((problem) => ({
    ...rangeOfProblem(text, problem),
    message: problem.message,
    severity: problem.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
  }))
}
