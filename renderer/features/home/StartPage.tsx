import { ExperimentOutlined, FolderOpenOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import styles from './Home.module.css'
import { RecentList } from './RecentList.tsx'
import { useEnterWorkspace } from './use-enter-workspace.ts'

/** The three ways into a workspace, and those that were open before. */
export function StartPage({ proposed }: { readonly proposed: string }) {
  const { t } = useTranslation('home')
  const { open, create, sample, enter, isBusy, failure } = useEnterWorkspace(proposed)
  return (
    <>
      <div className={styles['ways']}>
        <BusyButton
          size="large"
          type="primary"
          icon={<ExperimentOutlined aria-hidden />}
          isBusy={isBusy}
          onClick={() => void sample()}
        >
          {t('start.sample')}
        </BusyButton>
        <Button size="large" icon={<FolderOpenOutlined aria-hidden />} onClick={() => void open()}>
          {t('start.open')}
        </Button>
        <Button size="large" icon={<PlusOutlined aria-hidden />} onClick={() => void create()}>
          {t('start.create')}
        </Button>
      </div>
      <p className={styles['note']}>{t('start.sampleDetail')}</p>
      {failure !== undefined && <FailureNotice failure={failure} />}
      <RecentList onOpen={enter} />
    </>
  )
}
