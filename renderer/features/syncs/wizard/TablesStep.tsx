import { FolderOpenOutlined, TableOutlined } from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import { useDeferredValue, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import type { Answer } from '../../../app/rpc/use-answer.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import { VirtualTree } from '../../../ui/tree/VirtualTree.tsx'
import { pathKey } from '../../../ui/tree/visible-rows.ts'
import styles from '../Syncs.module.css'
import type { StepProps } from './step-props.ts'
import { listed, type SourceTable } from './sync-draft.ts'
import { checkOf, tableRows, tablesOf, toggled } from './table-tree.ts'

interface TablesStepProps extends StepProps {
  readonly found: Answer<readonly SourceTable[]>
}

/** Which tables: chosen in a tree, meant by patterns, or pasted as a list. */
export function TablesStep({ found, ...part }: TablesStepProps) {
  const { t } = useTranslation('syncs')
  const { draft, change } = part
  if (found.state === 'loading') return <Skeleton rows={8} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  if (found.data.length === 0) return <EmptyState title={t('tables.empty')} hint={t('tables.emptyHint')} />
  return (
    <>
      <Segmented
        className={styles['way'] ?? ''}
        aria-label={t('way')}
        value={draft.way}
        onChange={(way) => change({ way })}
        options={(['tree', 'pattern', 'list'] as const).map((value) => ({ value, label: t(`way.${value}`) }))}
      />
      {draft.way === 'tree' && <TableTree {...part} />}
      {draft.way === 'pattern' && <Patterns {...part} />}
      {draft.way === 'list' && <PastedList {...part} />}
    </>
  )
}

function TableTree({ draft: { chosen }, change, tables }: StepProps) {
  const { t } = useTranslation('syncs')
  const { number } = useFormats()
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set())
  const wanted = useDeferredValue(search)
  const rows = useMemo(() => tableRows(tables, { search: wanted, open, count: number }), [tables, wanted, open, number])
  const all = tables.map(({ dataset }) => dataset)
  const toggle = (path: readonly string[], isOpen: boolean): void => {
    const key = pathKey(path)
    setOpen((before) => (isOpen ? new Set(before).add(key) : new Set([...before].filter((one) => one !== key))))
  }
  const check = (path: readonly string[]): void => change({ chosen: toggled(tablesOf(tables, path, wanted), chosen) })
  return (
    <>
      <div className={styles['tools']}>
        <TextInput
          allowClear
          className={styles['search'] ?? ''}
          aria-label={t('tree.search')}
          placeholder={t('tree.search')}
          value={search}
          onText={setSearch}
        />
        <Button onClick={() => change({ chosen: toggled(all, chosen) })}>
          {t(checkOf(all, chosen) === true ? 'tree.none' : 'tree.all')}
        </Button>
        <span role="status">{t('tree.chosen', { count: chosen.size, all: number(tables.length) })}</span>
      </div>
      <p className={styles['quiet']}>{t('tree.hint')}</p>
      <div className={styles['tree']}>
        <VirtualTree
          rows={rows}
          label={t('tree.label')}
          onToggle={toggle}
          onContinue={() => undefined}
          onChoose={(_node, path) => check(path)}
          onCheck={(path) => check(path)}
          checkOf={(path) => checkOf(tablesOf(tables, path, wanted), chosen)}
          iconOf={({ hasChildren }) =>
            hasChildren ? <FolderOpenOutlined aria-hidden /> : <TableOutlined aria-hidden />
          }
        />
      </div>
    </>
  )
}

function Patterns({ draft, change }: StepProps) {
  const { t } = useTranslation('syncs')
  const id = useId()
  return (
    <div className={styles['fields']}>
      <label htmlFor={`${id}-include`}>{t('pattern.include')}</label>
      <div>
        <Input.TextArea
          id={`${id}-include`}
          spellCheck={false}
          autoSize={{ minRows: 3, maxRows: 10 }}
          value={draft.include}
          onChange={({ target }) => change({ include: target.value })}
        />
        <small>{t('pattern.help')}</small>
      </div>
      <label htmlFor={`${id}-exclude`}>{t('pattern.exclude')}</label>
      <Input.TextArea
        id={`${id}-exclude`}
        spellCheck={false}
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={draft.exclude}
        onChange={({ target }) => change({ exclude: target.value })}
      />
    </div>
  )
}

function PastedList({ draft, change, tables }: StepProps) {
  const { t } = useTranslation('syncs')
  const id = useId()
  const { found, unknown } = useMemo(() => listed(draft.list, tables), [draft.list, tables])
  return (
    <div className={styles['fields']}>
      <label htmlFor={id}>{t('list.label')}</label>
      <div>
        <Input.TextArea
          id={id}
          spellCheck={false}
          autoSize={{ minRows: 5, maxRows: 14 }}
          value={draft.list}
          onChange={({ target }) => change({ list: target.value })}
        />
        <small>{t('list.help')}</small>
        <p role="status">{t('list.found', { count: found.length })}</p>
        {unknown.length > 0 && <p className={styles['wrong']}>{t('list.unknown', { names: unknown.join(', ') })}</p>}
      </div>
    </div>
  )
}
