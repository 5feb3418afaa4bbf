import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { useFormats } from '../i18n/use-formats.ts'
import styles from './UploadList.module.css'
import { type Upload, useUploads } from './uploads.ts'

/** What is on its way to the server, over the corner of the studio; nothing while nothing is. */
export function UploadList() {
  const { t } = useTranslation('app')
  const uploads = useUploads((state) => state.uploads)
  if (uploads.length === 0) return null
  return (
    <section className={styles['list']} aria-label={t('upload.title')}>
      {uploads.map((upload) => (
        <UploadLine key={upload.id} upload={upload} />
      ))}
    </section>
  )
}

function UploadLine({
  upload: { id, name, files, sentFiles, bytes, sentBytes, failure, cancel },
}: {
  readonly upload: Upload
}) {
  const { t } = useTranslation('app')
  const formats = useFormats()
  const forget = useUploads((state) => state.forget)
  const percent = bytes === 0 ? 0 : Math.floor((sentBytes / bytes) * 100)
  return (
    <article className={styles['line']} aria-label={name}>
      <div className={styles['head']}>
        <bdi className={styles['name']} title={name}>
          {name}
        </bdi>
        <Button
          size="small"
          type="text"
          aria-label={t(failure === undefined ? 'upload.cancelNamed' : 'upload.dismissNamed', { name })}
          onClick={() => (failure === undefined ? cancel() : forget(id))}
        >
          {t(failure === undefined ? 'upload.cancel' : 'upload.dismiss')}
        </Button>
      </div>
      {failure === undefined ? (
        <>
          <Progress percent={percent} size="small" showInfo={false} aria-label={t('upload.progress', { name })} />
          <small className={styles['count']}>
            {formats.bytes(sentBytes)} / {formats.bytes(bytes)}
            {files > 1 && ` · ${t('upload.files', { sent: sentFiles, count: files })}`}
          </small>
        </>
      ) : (
        <FailureNotice failure={failure} />
      )}
    </article>
  )
}
