import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import type { TextDraft } from './use-text-draft.ts'

/** Keeps or drops what was edited. */
export function DraftButtons({ draft }: { readonly draft: TextDraft }) {
  const { t } = useTranslation('quality')
  return (
    <>
      {draft.isEdited && (
        <Button size="small" disabled={draft.isSaving} onClick={draft.discard}>
          {t('discard')}
        </Button>
      )}
      <BusyButton size="small" disabled={!draft.isEdited} isBusy={draft.isSaving} onClick={() => void draft.save()}>
        {t('save')}
      </BusyButton>
    </>
  )
}
