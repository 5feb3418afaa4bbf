import { useTranslation } from 'react-i18next'
import styles from './Home.module.css'

interface Problem {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
}

const SHOWN = 8

/** What is wrong in the files of the workspace. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation('home')
  return (
    <section aria-labelledby="problems-title">
      <h2 id="problems-title">{t('problems.title', { count: problems.length })}</h2>
      <ul className={styles['list']}>
        {problems.slice(0, SHOWN).map(({ file, line, column, message }) => (
          <li key={`${file}:${line}:${column}:${message}`} className={styles['line']}>
            <span>{message}</span>
            <small>
              <bdi>
                {file}:{line}
              </bdi>
            </small>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && <p>{t('problems.more', { count: problems.length - SHOWN })}</p>}
    </section>
  )
}
