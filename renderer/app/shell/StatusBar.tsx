import { useTranslation } from 'react-i18next'
import { useThemeMode } from '../appearance/use-theme-mode.ts'
import type { StudioContext } from '../feature.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { useAnswer } from '../rpc/use-answer.ts'
import styles from './StatusBar.module.css'

/** What is open, where the engine runs, and two switches that are always at hand. */
export function StatusBar({ context, isLost }: { readonly context: StudioContext; readonly isLost: boolean }) {
  const { t } = useTranslation('app')
  const { language, set } = usePreferences()
  const mode = useThemeMode()
  return (
    <footer className={styles['bar']} aria-label={t('status.title')}>
      {context.workspace === undefined ? <span>{t('status.noWorkspace')}</span> : <WorkspaceName />}
      <span className={styles['grow']} />
      <span role="status">{isLost ? t('status.lost') : <EngineName />}</span>
      <button type="button" onClick={() => set({ theme: mode === 'dark' ? 'light' : 'dark' })}>
        {t(mode === 'dark' ? 'status.light' : 'status.dark')}
      </button>
      <button
        type="button"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => set({ language: language === 'zh' ? 'en' : 'zh' })}
      >
        {t('status.otherLanguage')}
      </button>
    </footer>
  )
}

function WorkspaceName() {
  const { t } = useTranslation('app')
  const opened = useAnswer(['workspace', 'open'], (engine, signal) => engine.workspace.open(undefined, { signal }))
  if (opened.state !== 'ready') return null
  const { name, directory, problems } = opened.data
  return (
    <>
      <bdi title={directory}>{name}</bdi>
      {problems.length > 0 && <span>{t('status.problems', { count: problems.length })}</span>}
    </>
  )
}

function EngineName() {
  const { t } = useTranslation('app')
  const info = useAnswer(['studio', 'info'], (engine, signal) => engine.studio.info(undefined, { signal }))
  if (info.state !== 'ready') return null
  return t(`status.host.${info.data.host}`, { version: info.data.version })
}
