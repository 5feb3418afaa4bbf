import { StopOutlined } from '@ant-design/icons'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import styles from '../Datasets.module.css'
import { RejectList } from './RejectList.tsx'

interface RejectsButtonProps {
  readonly cursor: string
  readonly count: number
  /** Of the lines that were refused. */
  readonly encoding: string | undefined
}

/** How many rows of the source could not be read, and which. */
export function RejectsButton({ cursor, count, encoding }: RejectsButtonProps) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={styles['warning']} data-tone="error" onClick={() => setOpen(true)}>
        <StopOutlined aria-hidden /> {t('rejects.count', { rows: formats.number(count) })}
      </button>
      <Drawer
        open={isOpen}
        size="min(980px, 90vw)"
        title={t('rejects.title')}
        onClose={() => setOpen(false)}
        destroyOnHidden
      >
        <Rejects cursor={cursor} encoding={encoding} />
      </Drawer>
    </>
  )
}

function Rejects({ cursor, encoding }: Omit<RejectsButtonProps, 'count'>) {
  const answer = useAnswer(['data', 'rejects', cursor], (engine, signal) =>
    engine.data.rejects({ cursor, limit: 1_000 }, { signal }),
  )
  if (answer.state === 'loading') return <Skeleton rows={5} />
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  return <RejectList rejects={answer.data.rejects} encoding={encoding} />
}
