import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  LoadingOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useTold } from '../../app/i18n/use-told.ts'
import styles from './Connections.module.css'
import type { ShownStage } from './diagnosis.ts'

const ICONS: Record<ShownStage['outcome'], React.ReactNode> = {
  ok: <CheckCircleFilled aria-hidden className={styles['ok']} />,
  failed: <CloseCircleFilled aria-hidden className={styles['failed']} />,
  skipped: <MinusCircleOutlined aria-hidden />,
  blocked: <MinusCircleOutlined aria-hidden />,
  running: <LoadingOutlined aria-hidden />,
  waiting: <ClockCircleOutlined aria-hidden />,
}

/** The stages of a self-test as they end: what was found, or why it failed and what to do. */
export function DiagnosisList({ stages }: { readonly stages: readonly ShownStage[] }) {
  const { t } = useTranslation('connections')
  const { duration } = useFormats()
  const told = useTold()
  return (
    <ol className={styles['stages']} aria-label={t('diagnosis.title')} aria-live="polite">
      {stages.map(({ stage, outcome, detail }) => (
        <li key={stage} data-outcome={outcome}>
          {ICONS[outcome]}
          <div>
            <strong>{t(`stage.${stage}`)}</strong> <span>{t(`outcome.${outcome}`)}</span>
            {detail?.cause !== undefined && outcome !== 'blocked' && <p>{told(detail.cause)}</p>}
            {detail?.next !== undefined && <p className={styles['next']}>{told(detail.next)}</p>}
          </div>
          {detail !== undefined && outcome !== 'skipped' && outcome !== 'blocked' && (
            <small>{duration(detail.elapsedMs)}</small>
          )}
        </li>
      ))}
    </ol>
  )
}
