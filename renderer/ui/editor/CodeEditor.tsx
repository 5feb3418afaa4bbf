import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { toFailure } from '../../../engine/contract/failure.ts'
import { FailureNotice } from '../failure/FailureNotice.tsx'
import { Skeleton } from '../skeleton/Skeleton.tsx'
import type { Complete } from './completion.ts'
import styles from './Editor.module.css'
import type { Explain } from './hover.ts'
import type { Monaco } from './load-monaco.ts'
import { MONACO_THEME_NAMES } from './monaco-theme-names.ts'
import { type EditorEvents, type OpenEditor, openEditor, type TextLanguage } from './open-editor.ts'
import type { TextProblem } from './text-problem.ts'
import { useDrawnMode } from './use-drawn-mode.ts'
import { useMonaco } from './use-monaco.ts'

export type EditorHandle = Pick<OpenEditor, 'focus' | 'insert' | 'reveal'>

export interface CodeEditorProps {
  readonly value: string
  /** Its name for screen readers. */
  readonly label: string
  readonly language: TextLanguage
  readonly onChange?: ((value: string) => void) | undefined
  /** Ctrl or Cmd with Enter. */
  readonly onRun?: ((text: string, isSelection: boolean) => void) | undefined
  readonly onCaret?: ((offset: number) => void) | undefined
  /** What is selected now; undefined when nothing is. */
  readonly onSelect?: ((text: string | undefined) => void) | undefined
  /** In place of the editor's own undo and redo; whether there is one is decided when the editor opens. */
  readonly onUndo?: (() => void) | undefined
  readonly onRedo?: (() => void) | undefined
  readonly complete?: Complete | undefined
  readonly explain?: Explain | undefined
  readonly problems?: readonly TextProblem[]
  readonly isReadOnly?: boolean
  /** One line like an input: Enter runs, Tab leaves. */
  readonly isSingleLine?: boolean
  readonly ref?: Ref<EditorHandle>
}

/** React Flow hears keys on the whole page, in hidden tabs too, and takes the space bar; but not from what has this class. */
const NO_CANVAS_KEYS = 'nokey'

/** A text edited in Monaco, which is loaded when the first one is shown. Fills its parent; a single line has its own height. */
export function CodeEditor(props: CodeEditorProps) {
  const { monaco, error } = useMonaco()
  if (error !== undefined) return <FailureNotice failure={toFailure(error)} />
  return (
    <div className={`${NO_CANVAS_KEYS} ${props.isSingleLine === true ? styles['line'] : styles['text']}`}>
      {monaco === undefined ? (
        <Skeleton rows={props.isSingleLine === true ? 1 : 4} />
      ) : (
        <Opened {...props} monaco={monaco} />
      )}
    </div>
  )
}

const NO_PROBLEMS: readonly TextProblem[] = []

function Opened({ monaco, ref, ...props }: CodeEditorProps & { readonly monaco: Monaco }) {
  const { value, label, language, isReadOnly = false, isSingleLine = false, problems = NO_PROBLEMS } = props
  const place = useRef<HTMLDivElement>(null)
  const events = useRef<EditorEvents>(eventsOf(props))
  const [editor, setEditor] = useState<OpenEditor>()
  const theme = MONACO_THEME_NAMES[useDrawnMode()]
  useEffect(() => {
    events.current = eventsOf(props)
  })
  useEffect(() => {
    if (place.current === null) return
    const asked = { value, language, label, isReadOnly, isSingleLine, theme }
    const opened = openEditor(monaco, place.current, asked, () => events.current)
    setEditor(opened)
    return () => opened.dispose()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what changes later is set on the open editor below
  }, [monaco, language, isSingleLine])
  useEffect(() => editor?.setValue(value), [editor, value])
  useEffect(() => editor?.setProblems(problems), [editor, problems])
  useEffect(() => editor?.setReadOnly(isReadOnly), [editor, isReadOnly])
  useEffect(() => editor?.setLabel(label), [editor, label])
  useEffect(() => monaco.editor.setTheme(theme), [monaco, theme])
  useImperativeHandle(
    ref,
    () => ({
      focus: () => editor?.focus(),
      insert: (text) => editor?.insert(text),
      reveal: (line) => editor?.reveal(line),
    }),
    [editor],
  )
  return <div ref={place} className={styles['place']} />
}

function eventsOf(props: CodeEditorProps): EditorEvents {
  const { onChange, onRun, complete, explain, onCaret, onSelect, onUndo, onRedo } = props
  return { onChange, onRun, complete, explain, onCaret, onSelect, onUndo, onRedo }
}
