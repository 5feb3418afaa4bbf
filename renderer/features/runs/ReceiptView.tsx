import { useTranslation } from 'react-i18next'
import type { Receipt } from '../../../engine/contract/run.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useTold } from '../../app/i18n/use-told.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import styles from './Runs.module.css'
import { TargetReceiptView } from './TargetReceiptView.tsx'

/** What the load did: rows by node, each target with its checks, losses of types, what it took. */
export function ReceiptView({ runId }: { readonly runId: string }) {
  const found = useAnswer(['runs', 'receipt', runId], (engine, signal) => engine.runs.receipt({ runId }, { signal }))
  if (found.state === 'loading') return <Skeleton rows={6} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  return <ReceiptBody receipt={found.data} />
}

function ReceiptBody({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation('runs')
  const { number, bytes, duration } = useFormats()
  const told = useTold()
  const { nodes, targets, bytesRead, cpuSeconds, peakRssMb, warnings } = receipt
  return (
    <div className={styles['receipt']}>
      {targets.map((target) => (
        <TargetReceiptView key={`${target.node} ${target.loadId}`} target={target} />
      ))}
      <h3>{t('receipt.nodes')}</h3>
      <table>
        <thead>
          <tr>
            <th>{t('receipt.node')}</th>
            <th className={styles['figure']}>{t('receipt.in')}</th>
            <th className={styles['figure']}>{t('receipt.out')}</th>
            <th className={styles['figure']}>{t('receipt.rejected')}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map(({ node, rowsIn, rowsOut, rejected }) => (
            <tr key={node}>
              <td>
                <bdi>{node}</bdi>
              </td>
              <td className={styles['figure']}>{number(rowsIn)}</td>
              <td className={styles['figure']}>{number(rowsOut)}</td>
              <td className={styles['figure']}>{number(rejected)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['quiet']}>
        {t('receipt.cost', {
          bytes: bytes(Number(bytesRead)),
          cpu: duration(cpuSeconds * 1_000),
          memory: bytes(peakRssMb * 1_000_000),
        })}
      </p>
      <Timings receipt={receipt} />
      {warnings.length > 0 && (
        <>
          <h3>{t('receipt.warnings')}</h3>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{told(warning)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Timings({ receipt: { runId, startedAt, finishedAt, attempts, durationsMs } }: { readonly receipt: Receipt }) {
  const { t } = useTranslation('runs')
  const { dateTime, duration } = useFormats()
  return (
    <>
      <h3>{t('receipt.timings')}</h3>
      <p>
        {t('receipt.when', { from: dateTime(startedAt), to: dateTime(finishedAt) })}
        {` · ${t('receipt.attempts', { count: attempts })}`}
      </p>
      <table>
        <tbody>
          {Object.entries(durationsMs).map(([step, ms]) => (
            <tr key={step}>
              <th scope="row">
                <bdi>{step}</bdi>
              </th>
              <td className={styles['figure']}>{duration(ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['quiet']}>
        {t('receipt.run')} <code>{runId}</code>
      </p>
    </>
  )
}
