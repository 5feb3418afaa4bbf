import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import { useFormats } from '../i18n/use-formats.ts'
import { useEngine } from '../rpc/engine-context.ts'

interface DraftOfferProps {
  readonly draft: DraftEntry
  /** Goes on with it. */
  readonly onTake: () => void
}

/** Work that a crash or a closed window left unsaved: go on with it, or throw it away. */
export function DraftOffer({ draft, onTake }: DraftOfferProps) {
  const { t } = useTranslation('app')
  const { dateTime } = useFormats()
  const engine = useEngine()
  const [isSettled, setSettled] = useState(false)
  if (isSettled) return null
  const take = (): void => {
    onTake()
    setSettled(true)
  }
  const drop = async (): Promise<void> => {
    await engine.drafts.discard({ file: draft.file })
    setSettled(true)
  }
  return (
    <Alert
      banner
      type="info"
      title={t('draft.found', { time: dateTime(draft.savedAt) })}
      {...(draft.isBaseChanged ? { description: t('draft.stale') } : {})}
      action={
        <Space>
          <Button size="small" type="primary" onClick={take}>
            {t('draft.take')}
          </Button>
          <Button size="small" onClick={() => void drop()}>
            {t('draft.drop')}
          </Button>
        </Space>
      }
    />
  )
}
