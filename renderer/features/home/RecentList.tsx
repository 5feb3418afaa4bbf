import { CloseOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { IconButton } from '../../ui/icon-button/IconButton.tsx'
import styles from './Home.module.css'

/** Workspaces that were open before. One that is not there any more says so and can be forgotten. */
export function RecentList({ onOpen }: { readonly onOpen: (directory: string) => void }) {
  const { t } = useTranslation('home')
  const recent = useAnswer(['studio', 'recent'], (engine, signal) => engine.studio.recent.list(undefined, { signal }))
  const forget = useAct((engine, directory: string) => engine.studio.recent.remove({ directory }), ['studio'])
  // What is not asked to the end yet is no empty list.
  if (recent.state === 'loading') return <div data-recent aria-busy />
  if (recent.state === 'failed') return <FailureNotice failure={recent.failure} onRetry={recent.retry} />
  if (recent.data.length === 0) return <div data-recent />
  return (
    <section aria-labelledby="recent-title" data-recent>
      <h2 id="recent-title">{t('recent.title')}</h2>
      <ul className={styles['list']}>
        {recent.data.map(({ directory, name, isThere }) => (
          <li key={directory} className={styles['line']}>
            <button type="button" className={styles['link']} disabled={!isThere} onClick={() => onOpen(directory)}>
              <bdi>{name}</bdi>
              <small>
                <bdi>{directory}</bdi>
                {!isThere && ` · ${t('recent.gone')}`}
              </small>
            </button>
            <IconButton
              label={t('recent.forget', { name })}
              icon={<CloseOutlined aria-hidden />}
              onClick={() => void forget.run(directory)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
