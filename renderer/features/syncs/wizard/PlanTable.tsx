import { useTranslation } from 'react-i18next'
import { describeFailure, failureFromData } from '../../../../engine/contract/failure.ts'
import type { PlannedTable } from '../../../../engine/contract/sync-plan.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import styles from '../Syncs.module.css'
import { lossesOf } from './planned.ts'

interface PlanTableProps {
  readonly dataset: string
  readonly target: string
  /** Absent until it was looked at. */
  readonly table: PlannedTable | undefined
}

/** One table of a plan: what is made, what is lost, what is in the way; its types and statements when it is opened. */
export function PlanTable({ dataset, target, table }: PlanTableProps) {
  const { t } = useTranslation('syncs')
  const { number } = useFormats()
  const names = (
    <>
      <bdi>{dataset}</bdi> → <bdi>{target}</bdi>
    </>
  )
  if (table === undefined) return <li data-quiet>{names}</li>
  const { exists, estimate } = { exists: table.exists, estimate: table.rowEstimate }
  return (
    <li>
      <details>
        <summary>
          {names}
          <small>
            {[
              table.failure === undefined ? t(exists ? 'plan.there' : 'plan.made') : '',
              estimate === undefined ? '' : t('plan.rows', { rows: number(estimate) }),
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          </small>
          <Notes table={table} />
        </summary>
        {table.mappings.length > 0 && <Types mappings={table.mappings} />}
        {table.statements.length > 0 && <pre>{table.statements.join(';\n')}</pre>}
      </details>
    </li>
  )
}

function Notes({ table }: { readonly table: PlannedTable }) {
  const { t } = useTranslation('syncs')
  const language = usePreferences((state) => state.language)
  const { failure, warnings, keys } = table
  if (failure !== undefined) {
    const { message, next } = describeFailure(failureFromData(failure), language)
    return <span className={styles['wrong']}>{`${message} ${next}`}</span>
  }
  const losses = lossesOf(table).map(({ column, from, to }) => t('plan.loss', { column, from, to }))
  const notes = [...(keys.length === 0 ? [t('plan.noKey')] : []), ...losses, ...warnings]
  return notes.map((note) => (
    <span key={note} className={styles['warn']}>
      {note}
    </span>
  ))
}

function Types({ mappings }: { readonly mappings: PlannedTable['mappings'] }) {
  const { t } = useTranslation('syncs')
  return (
    <table>
      <thead>
        <tr>
          {(['column', 'from', 'to', 'fidelity'] as const).map((name) => (
            <th key={name}>{t(`types.${name}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {mappings.map(({ column, from, to, fidelity }) => (
          <tr key={column}>
            <td>
              <bdi>{column}</bdi>
            </td>
            <td>{from}</td>
            <td>{to}</td>
            <td>{t(`types.${fidelity.kind}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
