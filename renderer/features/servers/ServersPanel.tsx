import { CloudServerOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App as AntApp, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { IconButton } from '../../ui/icon-button/IconButton.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { AddServer } from './AddServer.tsx'
import styles from './Servers.module.css'

/** The servers that jobs are pushed to. */
export function ServersPanel() {
  const { t } = useTranslation('servers')
  const [isAdding, setAdding] = useState(false)
  const all = useAnswer(['servers', 'list'], (engine, signal) => engine.servers.list(undefined, { signal }))
  return (
    <>
      <div className={styles['tools']}>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(!isAdding)}>
          {t('add')}
        </Button>
      </div>
      {isAdding && <AddServer onDone={() => setAdding(false)} />}
      {all.state === 'loading' && <Skeleton rows={3} />}
      {all.state === 'failed' && <FailureNotice failure={all.failure} onRetry={all.retry} />}
      {all.state === 'ready' && all.data.length === 0 && <EmptyState title={t('none')} hint={t('noneHint')} />}
      {all.state === 'ready' && (
        <ul className={styles['list']}>
          {all.data.map(({ name, url }) => (
            <ServerLine key={name} name={name} url={url} />
          ))}
        </ul>
      )}
    </>
  )
}

function ServerLine({ name, url }: { readonly name: string; readonly url: string }) {
  const { t } = useTranslation('servers')
  const { openTab } = useWorkbench()
  const { modal } = AntApp.useApp()
  const remove = useAct((engine, server: string) => engine.servers.remove({ server }), ['servers', 'workspace'])
  const ask = (): void => {
    void modal.confirm({
      title: t('remove.title', { name }),
      content: t('remove.detail'),
      okText: t('remove.go'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: () => remove.run(name),
    })
  }
  return (
    <li className={styles['line']}>
      <button
        type="button"
        className={styles['open']}
        onClick={() => openTab({ kind: 'server', params: { server: name } })}
      >
        <CloudServerOutlined aria-hidden />
        <bdi>{name}</bdi>
        <small>{url}</small>
      </button>
      <IconButton label={t('remove.of', { name })} icon={<DeleteOutlined aria-hidden />} onClick={ask} />
    </li>
  )
}
