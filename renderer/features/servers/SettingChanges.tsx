import { useTranslation } from 'react-i18next'
import type { SettingChange } from '../../../engine/contract/api/servers.ts'
import styles from './Servers.module.css'

/** What changes in a file as settings: nodes, steps and options that come, go or get another value. */
export function SettingChanges({ changes }: { readonly changes: readonly SettingChange[] }) {
  const { t } = useTranslation('servers')
  if (changes.length === 0) return <p className={styles['quiet']}>{t('setting.none')}</p>
  return (
    <ul className={styles['settings']} aria-label={t('setting.title')}>
      {changes.map(({ change, path, before, after }) => (
        <li key={`${change} ${path.join('.')}`} data-change={change}>
          <span className={styles['change']}>{t(`change.${change}`)}</span>
          <bdi>{path.join(' › ')}</bdi>
          {before !== undefined && (
            <del>
              <bdi>{before}</bdi>
            </del>
          )}
          {before !== undefined && after !== undefined && <span aria-hidden>→</span>}
          {after !== undefined && (
            <ins>
              <bdi>{after}</bdi>
            </ins>
          )}
        </li>
      ))}
    </ul>
  )
}
