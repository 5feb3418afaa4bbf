import { DatabaseOutlined, FileTextOutlined, PartitionOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind } from '../../../engine/contract/api/connections.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import styles from './Connections.module.css'

const ICONS: Readonly<Record<ConnectionKind['group'], ReactNode>> = {
  database: <DatabaseOutlined aria-hidden />,
  queue: <PartitionOutlined aria-hidden />,
  file: <FileTextOutlined aria-hidden />,
}

interface KindPickerProps {
  readonly kinds: readonly ConnectionKind[]
  readonly onPick: (kind: ConnectionKind) => void
}

/** What can be connected, by group. */
export function KindPicker({ kinds, onPick }: KindPickerProps) {
  const { t } = useTranslation('connections')
  const language = usePreferences((state) => state.language)
  return (
    <>
      {(['database', 'queue', 'file'] as const).map((group) => (
        <section key={group} aria-label={t(`group.${group}`)}>
          <h3>{t(`group.${group}`)}</h3>
          <div className={styles['kinds']}>
            {kinds
              .filter((kind) => kind.group === group)
              .map((kind) => (
                <button type="button" key={kind.kind} className={styles['kind']} onClick={() => onPick(kind)}>
                  {ICONS[group]}
                  {kind.title[language]}
                </button>
              ))}
          </div>
        </section>
      ))}
    </>
  )
}
