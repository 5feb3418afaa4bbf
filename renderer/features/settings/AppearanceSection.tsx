import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../app/preferences/preferences.ts'
import styles from './Settings.module.css'

/** Language, theme and density. */
export function AppearanceSection() {
  const { t } = useTranslation('settings')
  const { language, theme, density, set } = usePreferences()
  return (
    <section aria-labelledby="appearance">
      <h2 id="appearance">{t('appearance')}</h2>
      <div className={styles['line']}>
        <span id="language-label">{t('language')}</span>
        <Radio.Group
          aria-labelledby="language-label"
          optionType="button"
          value={language}
          onChange={(event) => set({ language: event.target.value })}
          options={[
            { value: 'zh', label: t('language.zh') },
            { value: 'en', label: t('language.en') },
          ]}
        />
      </div>
      <div className={styles['line']}>
        <span id="theme-label">{t('theme')}</span>
        <Radio.Group
          aria-labelledby="theme-label"
          optionType="button"
          value={theme}
          onChange={(event) => set({ theme: event.target.value })}
          options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
      </div>
      <div className={styles['line']}>
        <span id="density-label">{t('density')}</span>
        <Radio.Group
          aria-labelledby="density-label"
          optionType="button"
          value={density}
          onChange={(event) => set({ density: event.target.value })}
          options={(['compact', 'comfortable'] as const).map((value) => ({ value, label: t(`density.${value}`) }))}
        />
      </div>
    </section>
  )
}
