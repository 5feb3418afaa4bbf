import { FileSearchOutlined, RedoOutlined, SaveOutlined, UndoOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { ConflictDialog } from '../../app/conflict/ConflictDialog.tsx'
import { useTabKeys } from '../../app/workbench/use-tab-keys.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { IconButton } from '../../ui/icon-button/IconButton.tsx'
import { isDirty } from './document/editor-store.ts'
import { useEditor, useEditorState } from './document/use-editor.ts'
import { useSave } from './document/use-save.ts'
import styles from './Pipelines.module.css'
import { LastRun } from './run/LastRun.tsx'
import { RunButtons } from './run/RunButtons.tsx'
import { useStartRun } from './run/use-start-run.ts'
import { VIEWS, type View } from './view.ts'

interface ToolbarProps {
  readonly view: View
  readonly onView: (view: View) => void
  readonly onReload: () => void
  /** Shows the check of values, or puts it away. */
  readonly onPreflight: () => void
  readonly hasPreflight: boolean
}

/** Views, undo, save, run. */
export function Toolbar({ view, onView, onReload, onPreflight, hasPreflight }: ToolbarProps) {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const hasPast = useEditorState((state) => state.history.past.length > 0)
  const hasFuture = useEditorState((state) => state.history.future.length > 0)
  const dirty = useEditorState(isDirty)
  const { save, isSaving, failure, conflict, settle } = useSave(onReload)
  const run = useStartRun(save)
  useTabKeys('mod+s', () => void save(), { inFields: true })
  useTabKeys('mod+z', editor.undo)
  useTabKeys(['mod+shift+z', 'mod+y'], editor.redo)
  return (
    <>
      <div className={styles['toolbar']} role="toolbar" aria-label={t('toolbar')}>
        <Segmented
          size="small"
          aria-label={t('view')}
          value={view}
          onChange={onView}
          options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        />
        <IconButton label={t('undo')} icon={<UndoOutlined aria-hidden />} isDisabled={!hasPast} onClick={editor.undo} />
        <IconButton
          label={t('redo')}
          icon={<RedoOutlined aria-hidden />}
          isDisabled={!hasFuture}
          onClick={editor.redo}
        />
        <span className={styles['grow']} />
        <BusyButton
          size="small"
          icon={<SaveOutlined aria-hidden />}
          disabled={!dirty}
          isBusy={isSaving}
          onClick={() => void save()}
        >
          {t('save')}
        </BusyButton>
        <Button
          size="small"
          icon={<FileSearchOutlined aria-hidden />}
          aria-pressed={hasPreflight}
          type={hasPreflight ? 'primary' : 'default'}
          ghost={hasPreflight}
          onClick={onPreflight}
        >
          {t('preflight.open')}
        </Button>
        <LastRun />
        <RunButtons run={run} />
      </div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {conflict !== undefined && <ConflictDialog conflict={conflict} onChoose={(choice) => void settle(choice)} />}
      {run.failure !== undefined && <FailureNotice failure={run.failure} />}
    </>
  )
}
