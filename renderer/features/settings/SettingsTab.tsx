import { useTranslation } from 'react-i18next'
import { AboutSection } from './AboutSection.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { EngineSection } from './EngineSection.tsx'
import { KeysSection } from './KeysSection.tsx'
import styles from './Settings.module.css'

/** How the studio looks and works for this person on this machine. Every change holds at once. */
export function SettingsTab() {
  const { t } = useTranslation('settings')
  return (
    <div className={styles['page']}>
      <h1>{t('title')}</h1>
      <AppearanceSection />
      <KeysSection />
      <EngineSection />
      <AboutSection />
    </div>
  )
}
