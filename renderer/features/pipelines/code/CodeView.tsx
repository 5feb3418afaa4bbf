import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TextProblem } from '../../../../engine/contract/api/authoring.ts'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { CodeEditor } from '../../../ui/editor/CodeEditor.tsx'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import styles from './Code.module.css'

const PARSE_MS = 150

/** The pipeline as YAML. While the text is no pipeline the drawing keeps the last one, and this says so. */
export function CodeView() {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const engine = useEngine()
  const text = useEditorState((state) => state.text)
  const [problems, setProblems] = useState<readonly TextProblem[]>([])
  const [isBehind, setBehind] = useState(false)
  const asking = useRef(new AbortController())
  useEffect(() => () => asking.current.abort(), [])
  const type = (next: string): void => {
    asking.current.abort()
    asking.current = new AbortController()
    const { signal } = asking.current
    // The text is kept at once; what it means follows.
    editor.typed(next, undefined)
    const understand = async (): Promise<void> => {
      if (signal.aborted) return
      const parsed = await engine.pipelines.parse({ text: next }, { signal }).catch(() => undefined)
      if (parsed === undefined || signal.aborted) return
      setProblems(parsed.problems)
      setBehind(parsed.document === undefined)
      editor.typed(next, parsed.document)
    }
    setTimeout(() => void understand(), PARSE_MS)
  }
  return (
    <div className={styles['frame']}>
      {isBehind && (
        <p role="status" className={styles['behind']}>
          {t('code.behind')}
        </p>
      )}
      <CodeEditor value={text} label={t('code.title')} language="yaml" onChange={type} problems={problems} />
      {problems.length > 0 && (
        <ul className={styles['problems']} aria-label={t('code.problems')}>
          {problems.map(({ line, column, message }) => (
            <li key={`${line}:${column}:${message}`}>
              {line}:{column} {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
