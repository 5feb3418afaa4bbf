import { App as AntApp, Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SyncStanding } from '../../../../engine/contract/api/syncs.ts'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { useRemoveSync } from './use-remove-sync.tsx'

interface SyncActsProps {
  readonly name: string
  readonly tabId: string
  readonly standing: SyncStanding | undefined
}

const AREAS = ['syncs']

/** Starts and stops a sync, copies everything again, removes it. */
export function SyncActs({ name, tabId, standing }: SyncActsProps) {
  const { t } = useTranslation('syncs')
  const { openTab } = useWorkbench()
  const { modal } = AntApp.useApp()
  const start = useAct((engine, sync: string) => engine.syncs.start({ sync }), AREAS)
  const stop = useAct((engine, sync: string) => engine.syncs.stop({ sync }), AREAS)
  const resync = useAct((engine, sync: string) => engine.syncs.resync({ sync, tables: 'all' }), AREAS)
  const remove = useRemoveSync(name, tabId)
  const askResync = (): void => {
    void modal.confirm({
      title: t('resync.all.title', { name }),
      content: t('resync.all.detail'),
      okText: t('resync.all.go'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: () => resync.run(name),
    })
  }
  const failure = start.failure ?? stop.failure ?? resync.failure ?? remove.failure
  const isStarted = standing?.isRun === true
  return (
    <>
      {isStarted ? (
        <BusyButton size="small" isBusy={stop.isRunning} onClick={() => void stop.run(name)}>
          {t('stop')}
        </BusyButton>
      ) : (
        <BusyButton
          size="small"
          type="primary"
          disabled={standing === undefined}
          isBusy={start.isRunning}
          onClick={() => void start.run(name)}
        >
          {t('start')}
        </BusyButton>
      )}
      <Button size="small" onClick={() => openTab({ kind: 'push', params: { sync: name } })}>
        {t('push')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'resync', label: t('resync.all'), onClick: askResync },
            { key: 'remove', label: t('remove'), danger: true, onClick: () => void remove.ask() },
          ],
        }}
      >
        <Button size="small">{t('more')}</Button>
      </Dropdown>
      {failure !== undefined && <FailureNotice failure={failure} />}
    </>
  )
}
