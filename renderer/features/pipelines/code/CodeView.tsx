import { useTranslation } from 'react-i18next'
import { CodeEditor } from '../../../ui/editor/CodeEditor.tsx'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import styles from './Code.module.css'
import { useTextHelp } from './use-text-help.ts'

/** The pipeline as YAML. */
export function CodeView() {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const text = useEditorState((state) => state.text)
  const { complete, explain } = useTextHelp()
  const problems = useEditorState((state) => state.textProblems)
  return (
    <div className={styles['frame']}>
      <CodeEditor
        value={text}
        label={t('code.title')}
        language="yaml"
        onChange={editor.typed}
        onUndo={editor.undo}
        onRedo={editor.redo}
        complete={complete}
        explain={explain}
        problems={problems}
      />
      <div className={styles['problems']} role="region" aria-label={t('code.problems')} tabIndex={0}>
        <ul aria-label={t('code.problems')}>
          {problems.map(({ line, column, message }) => (
            <li key={`${line}:${column}:${message}`}>
              {line}:{column} {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
