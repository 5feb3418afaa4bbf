import {
  ApiOutlined,
  CameraOutlined,
  FolderOpenOutlined,
  PlusOutlined,
  ReloadOutlined,
  SettingOutlined,
  TableOutlined,
} from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChoosePath } from '../../app/host/choose-path.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { IconButton } from '../../ui/icon-button/IconButton.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { TextInput } from '../../ui/text/TextInput.tsx'
import { VirtualTree } from '../../ui/tree/VirtualTree.tsx'
import styles from './Connections.module.css'
import { useDatasetTree } from './use-dataset-tree.ts'

/** Every system with its schemas and datasets. */
export function ConnectionsPanel() {
  const { t } = useTranslation('connections')
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search.trim())
  const known = useAnswer(['connections', 'list'], (engine, signal) => engine.connections.list(undefined, { signal }))
  return (
    <div className={styles['panel']}>
      <PanelTools search={search} onSearch={setSearch} />
      {known.state === 'loading' && <Skeleton rows={6} />}
      {known.state === 'failed' && <FailureNotice failure={known.failure} onRetry={known.retry} />}
      {known.state === 'ready' &&
        (known.data.length === 0 ? (
          <EmptyState title={t('panel.empty')} hint={t('panel.emptyHint')} />
        ) : (
          <DatasetTree connections={known.data.map(({ name }) => name)} search={wanted} />
        ))}
    </div>
  )
}

function PanelTools({ search, onSearch }: { readonly search: string; readonly onSearch: (text: string) => void }) {
  const { t } = useTranslation('connections')
  const { openTab } = useWorkbench()
  const queries = useQueryClient()
  const choose = useChoosePath()
  const openFile = async (): Promise<void> => {
    const file = await choose({ kind: 'file', title: t('panel.openFile'), action: t('panel.openFile') })
    if (file !== undefined) openTab({ kind: 'dataset', params: { file } })
  }
  return (
    <>
      <div className={styles['tools']}>
        <TextInput
          size="small"
          allowClear
          aria-label={t('panel.search')}
          placeholder={t('panel.search')}
          value={search}
          onText={onSearch}
        />
        <IconButton
          label={t('panel.refresh')}
          icon={<ReloadOutlined aria-hidden />}
          onClick={() => void queries.invalidateQueries({ queryKey: ['connections'] })}
        />
        <IconButton
          label={t('panel.snapshots')}
          icon={<CameraOutlined aria-hidden />}
          onClick={() => openTab({ kind: 'snapshots' })}
        />
      </div>
      <div className={styles['tools']}>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => openTab({ kind: 'connection' })}>
          {t('new')}
        </Button>
        <Button size="small" icon={<FolderOpenOutlined aria-hidden />} onClick={() => void openFile()}>
          {t('panel.openFile')}
        </Button>
      </div>
    </>
  )
}

function DatasetTree({ connections, search }: { readonly connections: readonly string[]; readonly search: string }) {
  const { t } = useTranslation('connections')
  const { openTab } = useWorkbench()
  const { rows, toggle, proceed } = useDatasetTree(connections, search)
  return (
    <div className={styles['tree']}>
      <VirtualTree
        rows={rows}
        label={t('panel.tree')}
        onToggle={toggle}
        onContinue={proceed}
        onChoose={({ id }, [connection]) => openTab({ kind: 'dataset', params: { dataset: `${connection}:${id}` } })}
        iconOf={({ hasChildren }, path) => iconOf(hasChildren, path.length)}
        actionsOf={({ id }, path) =>
          path.length === 1 && (
            <IconButton
              label={t('panel.settings', { name: id })}
              icon={<SettingOutlined aria-hidden />}
              onClick={() => openTab({ kind: 'connection', params: { name: id } })}
            />
          )
        }
      />
    </div>
  )
}

function iconOf(hasChildren: boolean, depth: number) {
  if (depth === 1) return <ApiOutlined aria-hidden />
  return hasChildren ? <FolderOpenOutlined aria-hidden /> : <TableOutlined aria-hidden />
}
