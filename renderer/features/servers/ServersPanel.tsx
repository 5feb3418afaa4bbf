import { CloudServerOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { ListTools, NamedLine, NamedList, RemoveButton } from '../../ui/named-list/NamedList.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { AddServer } from './AddServer.tsx'

/** The servers that jobs are pushed to. */
export function ServersPanel() {
  const { t } = useTranslation('servers')
  const [isAdding, setAdding] = useState(false)
  const all = useAnswer(['servers', 'list'], (engine, signal) => engine.servers.list(undefined, { signal }))
  return (
    <>
      <ListTools>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(!isAdding)}>
          {t('add')}
        </Button>
      </ListTools>
      {isAdding && <AddServer onDone={() => setAdding(false)} />}
      {all.state === 'loading' && <Skeleton rows={3} />}
      {all.state === 'failed' && <FailureNotice failure={all.failure} onRetry={all.retry} />}
      {all.state === 'ready' && all.data.length === 0 && <EmptyState title={t('none')} hint={t('noneHint')} />}
      {all.state === 'ready' && (
        <NamedList>
          {all.data.map(({ name, url }) => (
            <ServerLine key={name} name={name} url={url} />
          ))}
        </NamedList>
      )}
    </>
  )
}

function ServerLine({ name, url }: { readonly name: string; readonly url: string }) {
  const { t } = useTranslation('servers')
  const { openTab } = useWorkbench()
  const remove = useAct((engine, server: string) => engine.servers.remove({ server }), ['servers', 'workspace'])
  return (
    <NamedLine
      icon={<CloudServerOutlined aria-hidden />}
      name={name}
      detail={url}
      onOpen={() => openTab({ kind: 'server', params: { server: name } })}
    >
      <RemoveButton
        label={t('remove.of', { name })}
        title={t('remove.title', { name })}
        detail={t('remove.detail')}
        go={t('remove.go')}
        keep={t('keep')}
        act={() => remove.run(name)}
      />
    </NamedLine>
  )
}
