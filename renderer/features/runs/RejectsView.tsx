import { Dropdown, Pagination } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REJECT_EXPORT_FORMATS, type RejectFilter, type RejectGroup } from '../../../engine/contract/reject.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useTold } from '../../app/i18n/use-told.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../ui/settled/use-settled.ts'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { TextInput } from '../../ui/text/TextInput.tsx'
import { RejectTable } from './RejectTable.tsx'
import styles from './Runs.module.css'
import { useRejectExport } from './use-reject-export.ts'

const PAGE = 100
const TYPING_MS = 250

interface RejectsViewProps {
  readonly runId: string
  readonly pipeline: string
}

/** Rows that the run refused: by what refused them, by typing, page by page; all of them as a file. */
export function RejectsView({ runId, pipeline }: RejectsViewProps) {
  const { t } = useTranslation('runs')
  const [group, setGroup] = useState<RejectGroup>()
  const [typed, setTyped] = useState('')
  const search = useSettled(typed.trim(), TYPING_MS)
  const groups = useAnswer(['runs', 'rejectGroups', runId], (engine, signal) =>
    engine.runs.rejectGroups({ runId }, { signal }),
  )
  if (groups.state === 'loading') return <Skeleton rows={6} />
  if (groups.state === 'failed') return <FailureNotice failure={groups.failure} onRetry={groups.retry} />
  if (groups.data.length === 0) return <EmptyState title={t('rejects.none')} />
  const filter: RejectFilter = {
    ...(group === undefined ? {} : { node: group.node, rule: group.rule, column: group.column }),
    ...(search === '' ? {} : { search }),
  }
  return (
    <div className={styles['rejects']}>
      <Groups groups={groups.data} chosen={group} onChoose={setGroup} />
      <div>
        <div className={styles['tools']}>
          <TextInput
            size="small"
            allowClear
            aria-label={t('rejects.search')}
            placeholder={t('rejects.search')}
            value={typed}
            onText={setTyped}
          />
          <ExportButton runId={runId} pipeline={pipeline} filter={filter} />
        </div>
        <Pages key={JSON.stringify(filter)} runId={runId} pipeline={pipeline} filter={filter} />
      </div>
    </div>
  )
}

interface GroupsProps {
  readonly groups: readonly RejectGroup[]
  readonly chosen: RejectGroup | undefined
  readonly onChoose: (group: RejectGroup | undefined) => void
}

function Groups({ groups, chosen, onChoose }: GroupsProps) {
  const { t } = useTranslation('runs')
  const { number } = useFormats()
  const told = useTold()
  const all = groups.reduce((sum, { count }) => sum + BigInt(count), 0n)
  return (
    <ul className={styles['groups']} aria-label={t('rejects.groups')}>
      <li>
        <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
          <span>{t('rejects.all')}</span>
          <span>{number(all)}</span>
        </button>
      </li>
      {groups.map((group) => (
        <li key={JSON.stringify([group.node, group.rule, group.column])}>
          <button
            type="button"
            aria-pressed={group === chosen}
            onClick={() => onChoose(group)}
            title={told(group.reason)}
          >
            <span>
              <bdi>{group.rule}</bdi>
              <small>
                <bdi>{[group.node, group.column].filter((part) => part !== null).join(' · ')}</bdi>
              </small>
            </span>
            <span>{number(group.count)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

interface FilteredProps extends RejectsViewProps {
  readonly filter: RejectFilter
}

function Pages({ runId, pipeline, filter }: FilteredProps) {
  const { t } = useTranslation('runs')
  const { number } = useFormats()
  const [page, setPage] = useState(1)
  const found = useAnswer(
    ['runs', 'rejects', runId, filter, page],
    (engine, signal) => engine.runs.rejects({ runId, filter, limit: PAGE, offset: (page - 1) * PAGE }, { signal }),
    { keepsLast: true },
  )
  if (found.state === 'loading') return <Skeleton rows={6} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  const { total, rejects } = found.data
  return (
    <>
      <p role="status">{t('rejects.total', { rows: number(total) })}</p>
      <RejectTable rejects={rejects} pipeline={pipeline} />
      <Pagination
        size="small"
        current={page}
        pageSize={PAGE}
        total={Number(total)}
        showSizeChanger={false}
        hideOnSinglePage
        onChange={setPage}
      />
    </>
  )
}

function ExportButton({ runId, pipeline, filter }: FilteredProps) {
  const { t } = useTranslation('runs')
  const { start, isRunning, failure } = useRejectExport(runId, `${pipeline}-${runId.slice(-8)}`)
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: REJECT_EXPORT_FORMATS.map((format) => ({ key: format, label: t(`rejects.export.${format}`) })),
          onClick: ({ key }) => {
            const format = REJECT_EXPORT_FORMATS.find((one) => one === key)
            if (format !== undefined) void start(format, filter)
          },
        }}
      >
        <BusyButton size="small" isBusy={isRunning}>
          {t('rejects.export')}
        </BusyButton>
      </Dropdown>
      {failure !== undefined && <FailureNotice failure={failure} />}
    </>
  )
}
