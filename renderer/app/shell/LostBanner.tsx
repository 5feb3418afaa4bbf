import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

/** The engine went away: what is shown stays, what is asked waits. */
export function LostBanner() {
  const { t } = useTranslation('app')
  return <Alert banner type="warning" title={t('lost.title')} description={t('lost.detail')} />
}
