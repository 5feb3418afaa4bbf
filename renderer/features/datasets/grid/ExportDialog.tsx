import { FolderOpenOutlined } from '@ant-design/icons'
import { Alert, Button, Checkbox, Form, Input, Modal, Progress, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EXPORT_FORMATS } from '../../../../engine/contract/api/data.ts'
import type { Opened } from '../../../../engine/contract/cursor.ts'
import { useChoosePath } from '../../../app/host/choose-path.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { useFocusBack } from '../../../ui/focus/use-focus-back.ts'
import { Select } from '../../../ui/select/Select.tsx'
import styles from '../Datasets.module.css'
import { type ExportFormat, exportedPercent, exportName, fileIn } from './export-file.ts'
import { type ExportState, useExport } from './use-export.ts'

interface ExportDialogProps {
  readonly opened: Opened
  readonly name: string
  /** Those that are shown, in their order. */
  readonly columns: readonly string[]
  readonly onClose: () => void
}

/** All rows, in the order and with the filter they are shown in, to a file of the engine's machine. */
export function ExportDialog({ opened, name, columns, onClose }: ExportDialogProps) {
  useFocusBack()
  const { t } = useTranslation('datasets')
  const { now, start, cancel } = useExport()
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [folder, setFolder] = useState<string>()
  const [file, setFile] = useState(() => exportName(name, 'csv'))
  const [overwrite, setOverwrite] = useState(false)
  const [escapeFormulas, setEscapeFormulas] = useState(false)
  const isRunning = now.state === 'running'
  const isReady = folder !== undefined && file.trim() !== '' && !isRunning
  const close = (): void => {
    cancel()
    onClose()
  }
  return (
    <Modal
      open
      title={t('export.title')}
      okText={t('export.start')}
      cancelText={t(isRunning ? 'export.cancel' : 'export.close')}
      okButtonProps={{ disabled: !isReady, loading: isRunning }}
      onOk={() =>
        folder !== undefined &&
        start({
          cursor: opened.cursor,
          format,
          file: fileIn(folder, file.trim()),
          overwrite,
          table: name,
          columns: [...columns],
          ...(format === 'csv' && escapeFormulas ? { escapeFormulas } : {}),
        })
      }
      onCancel={isRunning ? cancel : close}
    >
      <Form layout="vertical" disabled={isRunning}>
        <Form.Item label={t('export.format')} htmlFor="export-format">
          <Select
            id="export-format"
            value={format}
            options={EXPORT_FORMATS.map((one) => ({ value: one, label: t(`export.format.${one}`) }))}
            onChange={(next) => {
              setFormat(next)
              setFile(exportName(name, next))
            }}
          />
        </Form.Item>
        <FolderInput folder={folder} onChange={setFolder} />
        <FileInput file={file} onChange={setFile} />
        <Checkbox checked={overwrite} onChange={(event) => setOverwrite(event.target.checked)}>
          {t('export.overwrite')}
        </Checkbox>
        {format === 'csv' && <EscapeChoice isOn={escapeFormulas} onChange={setEscapeFormulas} />}
      </Form>
      <ExportProgress now={now} />
    </Modal>
  )
}

/** Off unless it is wanted: it changes what is exported. */
function EscapeChoice({ isOn, onChange }: { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void }) {
  const { t } = useTranslation('datasets')
  return (
    <Form.Item extra={t('export.escapeHint')}>
      <Checkbox checked={isOn} onChange={(event) => onChange(event.target.checked)}>
        {t('export.escape')}
      </Checkbox>
    </Form.Item>
  )
}

interface FolderInputProps {
  readonly folder: string | undefined
  readonly onChange: (folder: string) => void
}

function FolderInput({ folder, onChange }: FolderInputProps) {
  const { t } = useTranslation('datasets')
  const choosePath = useChoosePath()
  const choose = async (): Promise<void> => {
    const chosen = await choosePath({ kind: 'folder', title: t('export.folder'), action: t('export.choose') })
    if (chosen !== undefined) onChange(chosen)
  }
  return (
    <Form.Item label={t('export.folder')} htmlFor="export-folder">
      <Space.Compact block>
        <Input
          id="export-folder"
          value={folder ?? ''}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
        <Button icon={<FolderOpenOutlined aria-hidden />} onClick={() => void choose()}>
          {t('export.choose')}
        </Button>
      </Space.Compact>
    </Form.Item>
  )
}

function ExportProgress({ now }: { readonly now: ExportState }) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  if (now.state === 'idle') return null
  if (now.state === 'failed') return <FailureNotice failure={now.failure} />
  const { event } = now
  if (now.state === 'done')
    return (
      <Alert
        type="success"
        className={styles['exported'] ?? ''}
        showIcon
        title={t('export.done', { rows: formats.number(event.rows), size: formats.bytes(event.sizeBytes ?? 0) })}
        description={<bdi>{event.file}</bdi>}
      />
    )
  const percent = exportedPercent(event)
  return (
    <div role="status">
      {percent !== undefined && <Progress percent={percent} />}
      {t('export.running', { rows: formats.number(event.rows) })}
    </div>
  )
}

function FileInput({ file, onChange }: { readonly file: string; readonly onChange: (file: string) => void }) {
  const { t } = useTranslation('datasets')
  return (
    <Form.Item label={t('export.file')} htmlFor="export-file">
      <Input id="export-file" value={file} spellCheck={false} onChange={(event) => onChange(event.target.value)} />
    </Form.Item>
  )
}
