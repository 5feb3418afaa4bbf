import { ScheduleOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { ListTools, NamedLine, NamedList, RemoveButton } from '../../ui/named-list/NamedList.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'

/** The jobs of the workspace. */
export function JobsPanel() {
  const { t } = useTranslation('jobs')
  const all = useAnswer(['jobFiles', 'list'], (engine, signal) => engine.jobFiles.list(undefined, { signal }))
  return (
    <>
      <NewJob />
      {all.state === 'loading' && <Skeleton rows={3} />}
      {all.state === 'failed' && <FailureNotice failure={all.failure} onRetry={all.retry} />}
      {all.state === 'ready' && all.data.length === 0 && <EmptyState title={t('none')} hint={t('noneHint')} />}
      {all.state === 'ready' && (
        <NamedList>
          {all.data.map(({ name, document }) => (
            <JobLine key={name} name={name} cron={document?.schedule?.cron} />
          ))}
        </NamedList>
      )}
    </>
  )
}

function JobLine({ name, cron }: { readonly name: string; readonly cron: string | undefined }) {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  const remove = useAct((engine, job: string) => engine.jobFiles.remove({ job }), ['jobFiles', 'workspace'])
  return (
    <NamedLine
      icon={<ScheduleOutlined aria-hidden />}
      name={name}
      detail={cron ?? t('byHand')}
      onOpen={() => openTab({ kind: 'job', params: { name } })}
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

/** A new job runs the first pipeline until it is told otherwise: a job without a step is none. */
function NewJob() {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  const [name, setName] = useState('')
  const pipelines = useAnswer(['pipelines', 'list'], (engine, signal) => engine.pipelines.list(undefined, { signal }))
  const [first] = pipelines.state === 'ready' ? pipelines.data : []
  const create = useAct(
    (engine, job: string) =>
      engine.jobFiles.save({ job, content: { text: `version: 1\nsteps:\n  - pipeline: ${first?.name ?? ''}\n` } }),
    ['jobFiles', 'workspace'],
  )
  const make = async (): Promise<void> => {
    if ((await create.run(name)) === undefined) return
    setName('')
    openTab({ kind: 'job', params: { name } })
  }
  if (first === undefined) return null
  return (
    <ListTools>
      <Input
        size="small"
        aria-label={t('new.name')}
        placeholder={t('new.name')}
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={() => name !== '' && void make()}
      />
      <BusyButton size="small" disabled={name === ''} isBusy={create.isRunning} onClick={() => void make()}>
        {t('new.go')}
      </BusyButton>
      {create.failure !== undefined && <FailureNotice failure={create.failure} />}
    </ListTools>
  )
}
