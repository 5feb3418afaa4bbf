import { Alert, Button, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { describeFailure, type Failure } from '../../../engine/contract/failure.ts'
import { languageSchema } from '../../../engine/contract/localized.ts'
import styles from './FailureNotice.module.css'

interface FailureNoticeProps {
  readonly failure: Failure
  readonly onRetry?: () => void
}

/** What happened, what to do next, and a detail that can be copied into a report. */
export function FailureNotice({ failure, onRetry }: FailureNoticeProps) {
  const { t, i18n } = useTranslation('ui')
  const { message, next } = describeFailure(failure, languageSchema.catch('en').parse(i18n.language))
  const detail = JSON.stringify(failure.toJSON(), null, 2)
  return (
    <Alert
      className={styles['notice'] ?? ''}
      type="error"
      showIcon
      title={<bdi>{message}</bdi>}
      description={
        <>
          <p className={styles['next']}>
            <bdi>{next}</bdi>
          </p>
          <details>
            <summary>{t('failure.detail')}</summary>
            <pre className={styles['detail']}>{detail}</pre>
          </details>
          <Space>
            {onRetry !== undefined && (
              <Button size="small" onClick={onRetry}>
                {t('failure.retry')}
              </Button>
            )}
            <Button
              size="small"
              type="text"
              onClick={() => void navigator.clipboard.writeText(`${message}\n${next}\n${detail}`)}
            >
              {t('failure.copy')}
            </Button>
          </Space>
        </>
      }
    />
  )
}
