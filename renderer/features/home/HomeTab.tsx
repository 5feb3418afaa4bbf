import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import styles from './Home.module.css'
import { StartPage } from './StartPage.tsx'
import { WorkspaceOverview } from './WorkspaceOverview.tsx'

/** The first thing that is seen: ways into a workspace, or what goes on in the open one. */
export function HomeTab() {
  const { t } = useTranslation('home')
  const info = useAnswer(['studio', 'info'], (engine, signal) => engine.studio.info(undefined, { signal }))
  switch (info.state) {
    case 'loading':
      return <Skeleton rows={6} />
    case 'failed':
      return <FailureNotice failure={info.failure} onRetry={info.retry} />
    case 'ready':
      return (
        <div className={styles['page']}>
          {info.data.workspace === undefined ? (
            <>
              <h1>{t('welcome')}</h1>
              <p className={styles['lead']}>{t('welcomeDetail')}</p>
              <StartPage proposed={info.data.folders.workspaces} />
            </>
          ) : (
            <WorkspaceOverview name={info.data.workspace.name} proposed={info.data.folders.workspaces} />
          )}
        </div>
      )
    default:
      return info satisfies never
  }
}
