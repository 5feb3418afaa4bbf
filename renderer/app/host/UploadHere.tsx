import { UploadOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../session/session-context.ts'
import { single } from '../uploads/dropped-items.ts'
import { upload } from '../uploads/uploads.ts'
import styles from './BrowseDialog.module.css'

interface UploadHereProps {
  readonly directory: string | undefined
  /** Told of each file that arrived. */
  readonly onSent: (path: string) => void
}

/** In a browser: brings files of the person's own machine into the folder that is shown. */
export function UploadHere({ directory, onSent }: UploadHereProps) {
  const { t } = useTranslation('app')
  const session = useSession()
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  if (session.door.kind !== 'browser' || directory === undefined) return null
  const send = async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      const [path] = (await upload(single(file), directory)) ?? []
      await queries.invalidateQueries({ queryKey: ['studio', 'browse'] })
      if (path !== undefined) onSent(path)
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('browse.upload')}
        onChange={(event) => {
          void send([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button
        size="small"
        className={styles['upload'] ?? ''}
        icon={<UploadOutlined aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {t('browse.upload')}
      </Button>
    </>
  )
}
