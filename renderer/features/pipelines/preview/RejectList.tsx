import { useTranslation } from 'react-i18next'
import type { Reject } from '../../../../engine/contract/reject.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { groupRejects } from './group-rejects.ts'
import styles from './Preview.module.css'

/** Rows that were refused, by what refused them. */
export function RejectList({ rejects }: { readonly rejects: readonly Reject[] }) {
  const { t } = useTranslation('pipelines')
  if (rejects.length === 0) return <EmptyState title={t('rejects.none')} />
  return (
    <div className={styles['rejects']}>
      {groupRejects(rejects).map(({ key, rule, column, members }) => (
        <details key={key} open>
          <summary>
            <bdi>{rule}</bdi>
            {column !== undefined && <bdi> · {column}</bdi>} ({members.length})
          </summary>
          <ul>
            {members.slice(0, 100).map((reject, index) => (
              // Rejects have no identity but their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={index}>
                <bdi>{reject.locator}</bdi> <span>{reject.reason}</span>
                {reject.value !== null && reject.value !== undefined && (
                  <code>{String(reject.value).slice(0, 200)}</code>
                )}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  )
}
