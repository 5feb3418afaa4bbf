import { CodeEditor, type CodeEditorProps } from './CodeEditor.tsx'

type ExpressionInputProps = Omit<CodeEditorProps, 'language' | 'isSingleLine'>

/** One line of SQL: an expression with completion and its problems underlined. */
export function ExpressionInput(props: ExpressionInputProps) {
  return <CodeEditor {...props} language="sql" isSingleLine />
}
