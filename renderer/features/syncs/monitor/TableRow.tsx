import { App as AntApp, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { describeFailure, failureFromData } from '../../../../engine/contract/failure.ts'
import type { SyncTable } from '../../../../engine/contract/sync.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { useAct } from '../../../app/rpc/use-act.ts'
import { BusyButton } from '../../../ui/busy-button/BusyButton.tsx'
import { StateTag } from '../../../ui/state/StateTag.tsx'
import styles from '../Syncs.module.css'
import { tableState } from '../sync-state.ts'
import { copiedShare } from './shown-tables.ts'

interface TableRowProps {
  readonly sync: string
  readonly table: SyncTable
  readonly index: number
  readonly place: { readonly top: number; readonly height: number }
}

/** One table: how far it is, what came since, why it fails; it can be copied again. */
export function TableRow({ sync, table, index, place }: TableRowProps) {
  const { number, time, percent } = useFormats()
  const { dataset, target, copiedRows, estimatedRows, written, deleted, changedAt, failure } = table
  const share = copiedShare(table)
  return (
    <div className={styles['tableRow']} role="row" aria-rowindex={index + 2} style={place}>
      <span role="cell">
        <bdi title={dataset}>{dataset}</bdi>
      </span>
      <span role="cell">
        <bdi title={target}>{target}</bdi>
      </span>
      <span role="cell" className={styles['state']}>
        <StateTag state={tableState(table)} />
        {failure !== undefined && <Why failure={failure} />}
      </span>
      <span role="cell" data-number>
        {number(copiedRows)}
        {table.state !== 'copied' && estimatedRows !== undefined && ` / ${number(estimatedRows)}`}
        {share !== undefined && share < 1 && ` · ${percent(share)}`}
      </span>
      <span role="cell" data-number>
        {number(written)}
      </span>
      <span role="cell" data-number>
        {number(deleted)}
      </span>
      <span role="cell">{changedAt === undefined ? '–' : time(changedAt)}</span>
      <span role="cell">
        <AgainButton sync={sync} table={table} />
      </span>
    </div>
  )
}

/** What failed, in a line that tells all of it, with what to do, when it is pointed at or reached by the keyboard. */
function Why({ failure }: { readonly failure: NonNullable<SyncTable['failure']> }) {
  const language = usePreferences((state) => state.language)
  const { message, next } = describeFailure(failureFromData(failure), language)
  return (
    <Tooltip title={`${message} ${next}`}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is cut off must be reached by the keyboard */}
      <span className={styles['why']} tabIndex={0}>
        {message}
      </span>
    </Tooltip>
  )
}

function AgainButton({ sync, table }: { readonly sync: string; readonly table: SyncTable }) {
  const { t } = useTranslation('syncs')
  const { modal } = AntApp.useApp()
  const { dataset, target, state } = table
  const resync = useAct((engine, tables: string[]) => engine.syncs.resync({ sync, tables }), ['syncs'])
  const isFailed = state === 'failed'
  const ask = (): void => {
    void modal.confirm({
      title: t('resync.title', { table: dataset }),
      content: t('resync.detail', { target }),
      okText: t('resync.go'),
      cancelText: t('keep'),
      onOk: () => resync.run([dataset]),
    })
  }
  return (
    <BusyButton
      size="small"
      type={isFailed ? 'primary' : 'text'}
      aria-label={t(isFailed ? 'retry.of' : 'resync.of', { table: dataset })}
      isBusy={resync.isRunning}
      onClick={ask}
    >
      {t(isFailed ? 'retry' : 'resync')}
    </BusyButton>
  )
}
