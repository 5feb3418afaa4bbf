import { PartitionOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { ListTools, NamedLine, NamedList, RemoveButton } from '../../../ui/named-list/NamedList.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { TextInput } from '../../../ui/text/TextInput.tsx'

/** Every pipeline of the workspace. */
export function PipelinesPanel() {
  const { t } = useTranslation('pipelines')
  const [search, setSearch] = useState('')
  const all = useAnswer(['pipelines', 'list'], (engine, signal) => engine.pipelines.list(undefined, { signal }))
  return (
    <>
      <NewPipeline taken={all.state === 'ready' ? all.data.map(({ name }) => name) : []} />
      <ListTools>
        <TextInput
          size="small"
          allowClear
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          value={search}
          onText={setSearch}
        />
      </ListTools>
      {all.state === 'loading' && <Skeleton rows={4} />}
      {all.state === 'failed' && <FailureNotice failure={all.failure} onRetry={all.retry} />}
      {all.state === 'ready' && all.data.length === 0 && (
        <EmptyState title={t('list.empty')} hint={t('list.emptyHint')} />
      )}
      {all.state === 'ready' && (
        <NamedList>
          {all.data
            .filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
            .map(({ name, description, nodes }) => (
              <PipelineLine key={name} name={name} detail={description ?? t('list.nodes', { count: nodes })} />
            ))}
        </NamedList>
      )}
    </>
  )
}

function PipelineLine({ name, detail }: { readonly name: string; readonly detail: string }) {
  const { t } = useTranslation('pipelines')
  const { openTab } = useWorkbench()
  const remove = useAct((engine, pipeline: string) => engine.pipelines.remove({ pipeline }), ['pipelines', 'workspace'])
  return (
    <NamedLine
      icon={<PartitionOutlined aria-hidden />}
      name={name}
      detail={detail}
      onOpen={() => openTab({ kind: 'pipeline', params: { pipeline: name } })}
    >
      <RemoveButton
        label={t('list.removeOf', { name })}
        title={t('list.remove', { name })}
        detail={t('list.removeDetail')}
        go={t('list.removeGo')}
        keep={t('list.keep')}
        act={() => remove.run(name)}
      />
    </NamedLine>
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
      <ListTools>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setName('')}>
          {t('list.new')}
        </Button>
      </ListTools>
    )
  }
  return (
    <ListTools>
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
      <BusyButton
        size="small"
        type="primary"
        isBusy={create.isRunning}
        disabled={name === '' || isTaken}
        onClick={() => void make()}
      >
        {t('list.create')}
      </BusyButton>
      {create.failure !== undefined && <FailureNotice failure={create.failure} />}
    </ListTools>
  )
}
