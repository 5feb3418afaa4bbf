import { AlignLeftOutlined, HistoryOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { App as AntApp, Button, Checkbox, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/icon-button/IconButton.tsx'
import { KeyHint } from '../../../ui/key-hint/KeyHint.tsx'
import styles from '../Datasets.module.css'
import { SqlHistory } from './SqlHistory.tsx'

interface SqlToolsProps {
  readonly text: string
  readonly isOffline: boolean
  readonly onOffline: (isOffline: boolean) => void
  readonly onRun: () => void
  readonly onExplain: () => void
  /** Another text in the place of what is written. */
  readonly onWrite: (sql: string) => void
}

/** What can be done with what is written. */
export function SqlTools({ text, isOffline, onOffline, onRun, onExplain, onWrite }: SqlToolsProps) {
  const { t } = useTranslation('datasets')
  const { message } = AntApp.useApp()
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const isEmpty = text.trim() === ''
  const format = async (): Promise<void> => {
    const { duckdb, formatDialect } = await import('sql-formatter')
    try {
      onWrite(formatDialect(text, { dialect: duckdb, keywordCase: 'upper' }))
    } catch {
      void message.info(t('sql.formatFailed'))
    }
  }
  return (
    <div className={styles['tools']} role="toolbar" aria-label={t('sql.tools')}>
      <Tooltip title={t('sql.runHint')}>
        <Button
          size="small"
          type="primary"
          icon={<PlayCircleOutlined aria-hidden />}
          disabled={isEmpty}
          onClick={onRun}
        >
          {t('sql.run')}
        </Button>
      </Tooltip>
      <KeyHint keys="mod+enter" />
      <Button size="small" disabled={isEmpty} onClick={onExplain}>
        {t('sql.explain')}
      </Button>
      <IconButton
        label={t('sql.format')}
        icon={<AlignLeftOutlined aria-hidden />}
        isDisabled={isEmpty}
        onClick={() => void format()}
      />
      <IconButton
        label={t('sql.history')}
        icon={<HistoryOutlined aria-hidden />}
        onClick={() => setHistoryOpen(true)}
      />
      <Checkbox checked={isOffline} onChange={(event) => onOffline(event.target.checked)}>
        {t('sql.offline')}
      </Checkbox>
      {isHistoryOpen && (
        <SqlHistory
          onClose={() => setHistoryOpen(false)}
          onChoose={(sql) => {
            setHistoryOpen(false)
            onWrite(text.trim() === '' ? sql : `${text.trimEnd()}\n\n${sql}`)
          }}
        />
      )}
    </div>
  )
}
