import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWasTrue } from '../../app/shell/use-was-true.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import styles from './Settings.module.css'

/** Version, and what Runnel is made of. */
export function AboutSection() {
  const { t } = useTranslation('settings')
  const info = useAnswer(['studio', 'info'], (engine, signal) => engine.studio.info(undefined, { signal }))
  const [isOpen, setOpen] = useState(false)
  return (
    <section aria-labelledby="about">
      <h2 id="about">{t('about')}</h2>
      {info.state === 'ready' && (
        <p>{t('about.version', { version: info.data.version, platform: info.data.platform })}</p>
      )}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('about.licences')}</summary>
        {useWasTrue(isOpen) && <LicenceList />}
      </details>
    </section>
  )
}

function LicenceList() {
  const { t } = useTranslation('settings')
  const licences = useAnswer(['studio', 'licences'], (engine, signal) => engine.studio.licences(undefined, { signal }))
  if (licences.state === 'loading') return <Skeleton rows={6} />
  if (licences.state === 'failed') return <FailureNotice failure={licences.failure} onRetry={licences.retry} />
  return (
    <table className={styles['licences']}>
      <thead>
        <tr>
          <th>{t('about.package')}</th>
          <th>{t('about.packageVersion')}</th>
          <th>{t('about.licence')}</th>
        </tr>
      </thead>
      <tbody>
        {licences.data.map(({ name, version, licence }) => (
          <tr key={`${name}@${version}`}>
            <td>{name}</td>
            <td>{version}</td>
            <td>{licence}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
