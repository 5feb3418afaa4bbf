import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileChange } from '../../../engine/contract/api/servers.ts'
import { TextDiff } from '../../ui/editor/TextDiff.tsx'
import styles from './Servers.module.css'
import { SettingChanges } from './SettingChanges.tsx'

/** What a push would change, file by file and setting by setting; choose a file to see its text before and after. */
export function ChangeList({ changes }: { readonly changes: readonly FileChange[] }) {
  const { t } = useTranslation('servers')
  const [shown, setShown] = useState<string>()
  const differing = changes.filter(({ change }) => change !== 'same')
  const chosen = changes.find(({ file }) => file === shown)
  return (
    <>
      <p>{t('change.count', { count: differing.length, same: changes.length - differing.length })}</p>
      <ul className={styles['list']} aria-label={t('change.title')}>
        {differing.map(({ file, change, settings }) => (
          <li key={file} data-change={change}>
            <div className={styles['line']} data-change={change}>
              <button
                type="button"
                className={styles['open']}
                aria-pressed={file === shown}
                onClick={() => setShown(file)}
              >
                <bdi>{file}</bdi>
                <small>{t(`change.${change}`)}</small>
              </button>
            </div>
            {settings !== undefined && <SettingChanges changes={settings} />}
          </li>
        ))}
      </ul>
      {chosen !== undefined && (
        <div className={styles['diff']}>
          <TextDiff
            key={chosen.file}
            before={chosen.deployed ?? ''}
            after={chosen.wanted ?? ''}
            language={chosen.file.endsWith('.yaml') ? 'yaml' : 'sql'}
            beforeLabel={t('change.before', { file: chosen.file })}
            afterLabel={t('change.after', { file: chosen.file })}
          />
        </div>
      )}
    </>
  )
}
