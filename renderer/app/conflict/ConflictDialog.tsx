import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { TextDiff } from '../../ui/editor/TextDiff.tsx'
import styles from './ConflictDialog.module.css'

/** A file that somebody else saved while it was edited here. */
export interface Conflict {
  readonly file: string
  /** As it is on the disk now. */
  readonly theirs: string
  readonly mine: string
}

export type ConflictChoice = 'mine' | 'theirs' | 'later'

interface ConflictDialogProps {
  readonly conflict: Conflict
  readonly onChoose: (choice: ConflictChoice) => void
}

/** Shows both texts before one of them is chosen. Escape decides nothing: both stay as they are. */
export function ConflictDialog({ conflict: { file, theirs, mine }, onChoose }: ConflictDialogProps) {
  const { t } = useTranslation('app')
  return (
    <Modal
      open
      width="min(960px, 92vw)"
      title={t('conflict.title', { file })}
      onCancel={() => onChoose('later')}
      mask={{ closable: false }}
      footer={
        <>
          <Button autoFocus onClick={() => onChoose('later')}>
            {t('conflict.later')}
          </Button>
          <Button onClick={() => onChoose('theirs')}>{t('conflict.theirs')}</Button>
          <Button danger onClick={() => onChoose('mine')}>
            {t('conflict.mine')}
          </Button>
        </>
      }
    >
      <p>{t('conflict.detail')}</p>
      <div className={styles['sides']} aria-hidden>
        <span>{t('conflict.theirsSide')}</span>
        <span>{t('conflict.mineSide')}</span>
      </div>
      <div className={styles['diff']}>
        <TextDiff
          before={theirs}
          after={mine}
          language="yaml"
          beforeLabel={t('conflict.theirsSide')}
          afterLabel={t('conflict.mineSide')}
        />
      </div>
    </Modal>
  )
}
