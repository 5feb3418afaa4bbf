import { DeleteOutlined, PartitionOutlined, PlusOutlined } from '@ant-design/icons'
import { App as AntApp, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { IconButton } from '../../../ui/icon-button/IconButton.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import styles from './PipelinesPanel.module.css'

/** Every pipeline of the workspace. */
export function PipelinesPanel() {
  const { t } = useTranslation('pipelines')
  const [search, setSearch] = useState('')
  const all = useAnswer(['pipelines', 'list'], (engine, signal) => engine.pipelines.list(undefined, { signal }))
  return (
    <>
      <NewPipeline taken={all.state === 'ready' ? all.data.map(({ name }) => name) : []} />
      <div className={styles['tools']}>
        <TextInput
          size="small"
          allowClear
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          value={search}
          onText={setSearch}
        />
      </div>
      {all.state === 'loading' && <Skeleton rows={4} />}
      {all.state === 'failed' && <FailureNotice failure={all.failure} onRetry={all.retry} />}
      {all.state === 'ready' && all.data.length === 0 && (
        <EmptyState title={t('list.empty')} hint={t('list.emptyHint')} />
      )}
      {all.state === 'ready' && (
        <ul className={styles['list']}>
          {all.data
            .filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
            .map(({ name, description, nodes }) => (
              <PipelineLine key={name} name={name} detail={description ?? t('list.nodes', { count: nodes })} />
            ))}
        </ul>
      )}
    </>
  )
}

function PipelineLine({ name, detail }: { readonly name: string; readonly detail: string }) {
  const { t } = useTranslation('pipelines')
  const { openTab } = useWorkbench()
  const { modal } = AntApp.useApp()
  const remove = useAct((engine, pipeline: string) => engine.pipelines.remove({ pipeline }), ['pipelines', 'workspace'])
  const ask = (): void => {
    void modal.confirm({
      title: t('list.remove', { name }),
      content: t('list.removeDetail'),
      okText: t('list.removeGo'),
      okButtonProps: { danger: true },
      cancelText: t('list.keep'),
      onOk: () => remove.run(name),
    })
  }
  return (
    <li className={styles['line']}>
      <button
        type="button"
        className={styles['open']}
        onClick={() => openTab({ kind: 'pipeline', params: { pipeline: name } })}
      >
        <PartitionOutlined aria-hidden />
        <bdi>{name}</bdi>
        <small>{detail}</small>
      </button>
      <IconButton label={t('list.removeOf', { name })} icon={<DeleteOutlined aria-hidden />} onClick={ask} />
    </li>
  )
}

function NewPipeline({ taken }: { readonly taken: readonly string[] }) {
  const { t } = useTranslation('pipelines')
  const { openTab } = useWorkbench()
  const [name, setName] = useState<string>()
  const create = useAct((engine, pipeline: string) => engine.pipelines.create({ pipeline }), ['pipelines', 'workspace'])
  const isTaken = name !== undefined && taken.includes(name)
  const make = async (): Promise<void> => {
    if (name === undefined || name === '' || isTaken) return
    if ((await create.run(name)) === undefined) return
    setName(undefined)
    openTab({ kind: 'pipeline', params: { pipeline: name } })
  }
  if (name === undefined) {
    return (
      <div className={styles['tools']}>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setName('')}>
          {t('list.new')}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles['tools']}>
      <Input
        size="small"
        autoFocus
        spellCheck={false}
        aria-label={t('list.name')}
        placeholder={t('list.name')}
        value={name}
        {...(isTaken ? { status: 'error' as const } : {})}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={() => void make()}
        onKeyDown={(event) => event.key === 'Escape' && setName(undefined)}
      />
      <Button
        size="small"
        type="primary"
        loading={create.isRunning}
        disabled={name === '' || isTaken}
        onClick={() => void make()}
      >
        {t('list.create')}
      </Button>
      {create.failure !== undefined && <FailureNotice failure={create.failure} />}
    </div>
  )
}
