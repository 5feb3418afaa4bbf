import { useTranslation } from 'react-i18next'
import type { TargetReceipt } from '../../../engine/contract/run.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useTold } from '../../app/i18n/use-told.ts'
import { checksumLines, checksumsAgree } from './checksums.ts'
import styles from './Runs.module.css'

/** What one target got, how that was checked, and what its types lost. */
export function TargetReceiptView({ target }: { readonly target: TargetReceipt }) {
  const { t } = useTranslation('runs')
  const { number } = useFormats()
  const { dataset, mode, loadId, staged, inserted, updated, deleted, targetRows, verified, ddl } = target
  return (
    <section aria-label={dataset}>
      <h3>
        <bdi>{dataset}</bdi> · {t(`receipt.mode.${mode}`)}
      </h3>
      <p>
        {t('receipt.target', { inserted: number(inserted), updated: number(updated), deleted: number(deleted) })}
        {` · ${t('receipt.staged', { rows: number(staged) })}`}
        {targetRows !== undefined && ` · ${t('receipt.rowsNow', { rows: number(targetRows) })}`}
      </p>
      <p className={styles['quiet']}>
        {t('receipt.loadId')} <code>{loadId}</code>
      </p>
      <p>
        {t(verified === 'checksum' && checksumsAgree(target) ? 'receipt.checksums' : `receipt.verified.${verified}`)}
      </p>
      <Checksums target={target} />
      <Losses target={target} />
      {ddl.length > 0 && (
        <details>
          <summary>{t('receipt.ddl')}</summary>
          <pre>{ddl.join(';\n')}</pre>
        </details>
      )}
    </section>
  )
}

function Checksums({ target }: { readonly target: TargetReceipt }) {
  const { t } = useTranslation('runs')
  const { number } = useFormats()
  const lines = checksumLines(target)
  if (lines.length === 0) return null
  return (
    <details>
      <summary>{t('receipt.columns', { count: lines.length })}</summary>
      <table>
        <thead>
          <tr>
            {(['column', 'values', 'sent', 'arrived', 'same'] as const).map((name) => (
              <th key={name} scope="col" className={name === 'values' ? styles['figure'] : undefined}>
                {t(`receipt.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ column, nonNull, sent, arrived, isSame }) => (
            <tr key={column}>
              <td>
                <bdi>{column}</bdi>
              </td>
              <td className={styles['figure']}>{number(nonNull)}</td>
              <td>
                <code>{sent}</code>
              </td>
              <td>
                <code>{arrived}</code>
              </td>
              <td>{t(isSame ? 'receipt.same' : 'receipt.differs')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function Losses({ target: { typeLosses } }: { readonly target: TargetReceipt }) {
  const { t } = useTranslation('runs')
  const told = useTold()
  if (typeLosses.length === 0) return <p className={styles['quiet']}>{t('receipt.noLosses')}</p>
  return (
    <>
      <p>{t('receipt.losses')}</p>
      <ul aria-label={t('receipt.losses')}>
        {typeLosses.map(({ column, from, to, fidelity }) => (
          <li key={column}>
            <bdi>{column}</bdi>: {from} → {to}
            {fidelity.kind !== 'exact' && ` (${told(fidelity.reason)})`}
          </li>
        ))}
      </ul>
    </>
  )
}
