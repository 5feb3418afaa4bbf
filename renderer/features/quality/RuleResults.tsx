import { useTranslation } from 'react-i18next'
import type { CheckResult, FailingRow, RuleResult } from '../../../engine/contract/check-result.ts'
import { failureFromData } from '../../../engine/contract/failure.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import styles from './Quality.module.css'

const NULL_TEXT = 'NULL'
const STATES = { passed: 'ok', failed: 'failed' } as const

/** What rules say about the rows: the score, each rule, and rows that break it. */
export function RuleResults({ result, isStale }: { readonly result: CheckResult; readonly isStale: boolean }) {
  const { t } = useTranslation('quality')
  const formats = useFormats()
  return (
    <div
      role="region"
      className={styles['results']}
      tabIndex={0}
      aria-label={t('results')}
      aria-busy={isStale}
      data-stale={isStale}
    >
      <p className={styles['score']}>
        <strong>{result.score.toFixed(1)}</strong> {t('of100')}
        <small>{t(`basis.${result.basis}`, { rows: formats.number(result.rowCount) })}</small>
      </p>
      <ul className={styles['dimensions']}>
        {Object.entries(result.dimensions).map(([dimension, score]) => (
          <li key={dimension}>
            {t(`dimension.${dimension}`)} <strong>{score.toFixed(1)}</strong>
          </li>
        ))}
      </ul>
      <ul className={styles['rules']}>
        {result.results.map((rule, i) => (
          // Two rules may have the same name.
          <li key={`${i} ${rule.name}`}>
            <RuleLine rule={rule} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function RuleLine({ rule }: { readonly rule: RuleResult }) {
  const { t } = useTranslation('quality')
  const formats = useFormats()
  const { name, status, severity, violations, checked, found, wanted, failure, rows } = rule
  const state = status === 'violated' ? severity : STATES[status]
  return (
    <>
      <span className={styles['rule']}>
        <StateTag state={state} />
        <bdi>{name}</bdi>
        <span className={styles['count']}>
          {status !== 'failed' &&
            t('violations', { count: Number(violations), of: formats.number(checked), n: formats.number(violations) })}
        </span>
      </span>
      {found !== undefined && (
        <small>{wanted === undefined ? t('found', { found }) : t('foundWanted', { found, wanted })}</small>
      )}
      {failure !== undefined && <FailureNotice failure={failureFromData(failure)} />}
      {rows.length > 0 && <FailingRows name={name} rows={rows} />}
    </>
  )
}

function FailingRows({ name, rows }: { readonly name: string; readonly rows: readonly FailingRow[] }) {
  const { t } = useTranslation('quality')
  const keys = Object.keys(rows[0]?.key ?? {})
  return (
    <details className={styles['failing']}>
      <summary>{t('failing', { count: rows.length })}</summary>
      <table aria-label={t('failingOf', { name })}>
        <thead>
          <tr>
            {keys.map((key) => (
              <th key={key} scope="col">
                {key === '_runnel_locator' ? t('place') : key}
              </th>
            ))}
            <th scope="col">{t('value')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={`${i} ${row.value}`}>
              {keys.map((key) => (
                <td key={key}>{shown(row.key[key])}</td>
              ))}
              <td>{row.value ?? NULL_TEXT}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function shown(cell: FailingRow['key'][string] | undefined): string {
  return typeof cell === 'string' ? cell : JSON.stringify(cell ?? null)
}
