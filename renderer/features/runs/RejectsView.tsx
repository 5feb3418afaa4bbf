import { Pagination } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useTold } from '../../app/i18n/use-told.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import styles from './Runs.module.css'

const PAGE = 100

/** Rows that the run refused: which rule, which value, where they stand, the row itself. */
export function RejectsView({ runId }: { readonly runId: string }) {
  const { t } = useTranslation('runs')
  const { number } = useFormats()
  const told = useTold()
  const [page, setPage] = useState(1)
  const found = useAnswer(
    ['runs', 'rejects', runId, page],
    (engine, signal) => engine.runs.rejects({ runId, limit: PAGE, offset: (page - 1) * PAGE }, { signal }),
    { keepsLast: true },
  )
  if (found.state === 'loading') return <Skeleton rows={6} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  const { total, rejects } = found.data
  if (rejects.length === 0) return <EmptyState title={t('rejects.none')} />
  return (
    <>
      <p>{t('rejects.total', { rows: number(total) })}</p>
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('rejects')}>
        <table>
          <thead>
            <tr>
              {(['rule', 'column', 'value', 'reason', 'locator', 'row'] as const).map((name) => (
                <th key={name}>{t(`reject.${name}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rejects.map((reject, index) => (
              // Rejects have no identity but their place.
              <tr key={index}>
                <td>{reject.rule}</td>
                <td>{reject.column}</td>
                <td>
                  <code>{reject.value?.slice(0, 200)}</code>
                </td>
                <td>{told(reject.reason)}</td>
                <td>{reject.locator}</td>
                <td>
                  <code>{reject.raw?.slice(0, 300)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pagination
        size="small"
        current={page}
        pageSize={PAGE}
        total={Number(total)}
        showSizeChanger={false}
        hideOnSinglePage
        onChange={setPage}
      />
    </>
  )
}
