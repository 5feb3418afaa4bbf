import { PlusOutlined, RetweetOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ListedSync } from '../../../engine/contract/api/syncs.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { ListTools, NamedLine, NamedList } from '../../ui/named-list/NamedList.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import { stateOf } from './sync-state.ts'

const REFRESH_MS = 2_000

/** The syncs of the workspace, each with how it stands. */
export function SyncsPanel() {
  const { t } = useTranslation('syncs')
  const { openTab } = useWorkbench()
  const all = useAnswer(['syncs', 'list'], (engine, signal) => engine.syncs.list(undefined, { signal }), {
    refetchMs: REFRESH_MS,
  })
  return (
    <>
      <ListTools>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => openTab({ kind: 'newSync' })}>
          {t('new')}
        </Button>
      </ListTools>
      {all.state === 'loading' && <Skeleton rows={3} />}
      {all.state === 'failed' && <FailureNotice failure={all.failure} onRetry={all.retry} />}
      {all.state === 'ready' && all.data.length === 0 && <EmptyState title={t('none')} hint={t('noneHint')} />}
      {all.state === 'ready' && (
        <NamedList>
          {all.data.map((sync) => (
            <SyncLine key={sync.name} sync={sync} />
          ))}
        </NamedList>
      )}
    </>
  )
}

function SyncLine({ sync }: { readonly sync: ListedSync }) {
  const { t } = useTranslation('syncs')
  const { openTab } = useWorkbench()
  const { number, duration } = useFormats()
  const { name, document, status } = sync
  const rate = status === undefined ? undefined : t('line.rate', { rate: number(status.changesPerSecond) })
  const lag = status?.latencyMs === undefined ? undefined : t('line.lag', { lag: duration(status.latencyMs) })
  const now = sync.isRun ? [lag, rate].filter((part) => part !== undefined).join(' · ') : ''
  const systems = document === undefined ? t('broken') : `${document.source} → ${document.target}`
  return (
    <NamedLine
      icon={<RetweetOutlined aria-hidden />}
      name={name}
      detail={now === '' ? systems : now}
      onOpen={() => openTab({ kind: 'sync', params: { name } })}
    >
      <StateTag state={stateOf(sync)} />
    </NamedLine>
  )
}
