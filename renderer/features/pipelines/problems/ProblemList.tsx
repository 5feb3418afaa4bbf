import { CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import { type ListedProblem, listedProblems } from './listed-problems.ts'
import styles from './Problems.module.css'

/** How much is wrong; opened, all of it, each leading to its node. Nothing is drawn while nothing is wrong. */
export function ProblemList() {
  const { t } = useTranslation('pipelines')
  const [isOpen, setOpen] = useState(false)
  const state = useEditorState((one) => one.state)
  const textProblems = useEditorState((one) => one.textProblems)
  const isBroken = useEditorState((one) => one.reading === 'broken')
  const problems = useMemo(() => listedProblems(state, textProblems, isBroken), [state, textProblems, isBroken])
  const errors = problems.filter(({ severity }) => severity === 'error').length
  if (problems.length === 0) return null
  return (
    <section className={styles['problems']} aria-label={t('problems.title')}>
      <Button type="text" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {errors > 0 && (
          <span data-severity="error">
            <CloseCircleFilled aria-hidden /> {t('problems.errors', { count: errors })}
          </span>
        )}
        {problems.length > errors && (
          <span data-severity="warning">
            <ExclamationCircleFilled aria-hidden /> {t('problems.warnings', { count: problems.length - errors })}
          </span>
        )}
      </Button>
      {isOpen && (
        <ul>
          {problems.map((problem, index) => (
            // The same may be wrong twice with a node.
            // biome-ignore lint/suspicious/noArrayIndexKey: problems have no identity but their place
            <ProblemLine key={index} problem={problem} />
          ))}
        </ul>
      )}
    </section>
  )
}

function ProblemLine({ problem: { severity, node, place, message, nextStep } }: { readonly problem: ListedProblem }) {
  const { editor } = useEditor()
  return (
    <li data-severity={severity}>
      {node === undefined ? (
        <code>{place}</code>
      ) : (
        <Button type="link" size="small" onClick={() => editor.select([node])}>
          <bdi>{node}</bdi>
        </Button>
      )}
      <span>
        {message}
        {nextStep !== undefined && <small> {nextStep}</small>}
      </span>
    </li>
  )
}
