import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftEntry } from '../../../../engine/contract/api/drafts.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { useEditor } from './use-editor.ts'

/** Work that a crash or a closed window left unsaved: go on with it, or throw it away. */
export function DraftOffer({ draft }: { readonly draft: DraftEntry }) {
  const { t } = useTranslation('pipelines')
  const { dateTime } = useFormats()
  const { editor } = useEditor()
  const engine = useEngine()
  const [isSettled, setSettled] = useState(false)
  if (isSettled) return null
  const take = async (): Promise<void> => {
    const parsed = await engine.pipelines.parse({ text: draft.text })
    editor.typed(draft.text, parsed.document)
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
          <Button size="small" type="primary" onClick={() => void take()}>
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
