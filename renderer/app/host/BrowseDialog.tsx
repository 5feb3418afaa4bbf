import { FileOutlined, FolderFilled, FolderOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BrowseEntry } from '../../../engine/contract/api/studio.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { useFocusBack } from '../../ui/focus/use-focus-back.ts'
import { useAnswer } from '../rpc/use-answer.ts'
import styles from './BrowseDialog.module.css'
import type { PathQuestion } from './choose-path.ts'
import { joined } from './joined.ts'
import { UploadHere } from './UploadHere.tsx'

interface BrowseDialogProps {
  readonly question: PathQuestion
  readonly onAnswer: (path: string | undefined) => void
}

/** Folders and files of the engine's machine, as far as the server lets them be seen. */
export function BrowseDialog({ question, onAnswer }: BrowseDialogProps) {
  useFocusBack()
  const { t } = useTranslation('app')
  const [directory, setDirectory] = useState(question.startAt)
  const [chosen, setChosen] = useState<string>()
  const [newName, setNewName] = useState('')
  const path = chosen ?? (question.kind === 'folder' ? joined(directory, newName) : undefined)
  const visit = (next: string): void => {
    setDirectory(next)
    setChosen(undefined)
  }
  return (
    <Modal
      open
      title={question.title}
      okText={question.action}
      okButtonProps={{ disabled: path === undefined }}
      cancelText={t('browse.cancel')}
      onOk={() => onAnswer(path)}
      onCancel={() => onAnswer(undefined)}
    >
      <FolderView
        question={question}
        directory={directory}
        chosen={chosen}
        onVisit={visit}
        onChoose={setChosen}
        onArrive={setDirectory}
      />
      {question.kind === 'file' && <UploadHere directory={directory} onSent={setChosen} />}
      {question.mayBeNew === true && (
        <label className={styles['new']}>
          {t('browse.newFolder')}
          <Input value={newName} onChange={(event) => setNewName(event.target.value)} spellCheck={false} />
        </label>
      )}
    </Modal>
  )
}

interface FolderViewProps {
  readonly question: PathQuestion
  readonly directory: string | undefined
  readonly chosen: string | undefined
  readonly onVisit: (directory: string) => void
  readonly onChoose: (path: string) => void
  /** Told where the engine began, when nobody had said. */
  readonly onArrive: (directory: string) => void
}

function FolderView({ question, directory, chosen, onVisit, onChoose, onArrive }: FolderViewProps) {
  const { t } = useTranslation('app')
  const { extensions } = question
  const listed = useAnswer(
    ['studio', 'browse', directory, extensions],
    (engine, signal) => {
      const input = {
        ...(directory === undefined ? {} : { directory }),
        ...(extensions === undefined ? {} : { extensions: [...extensions] }),
      }
      return engine.studio.browse(input, { signal })
    },
    { keepsLast: true },
  )
  const began = listed.state === 'ready' ? listed.data.directory : undefined
  useEffect(() => {
    if (directory === undefined && began !== undefined) onArrive(began)
  }, [directory, began, onArrive])
  if (listed.state === 'loading') return <div className={styles['list']} aria-busy />
  if (listed.state === 'failed') return <FailureNotice failure={listed.failure} onRetry={listed.retry} />
  const { parent, entries, isCut } = listed.data
  const shown = question.kind === 'folder' ? entries.filter(({ kind }) => kind === 'folder') : entries
  return (
    <>
      <div className={styles['where']}>
        <Button
          size="small"
          icon={<UpOutlined aria-hidden />}
          aria-label={t('browse.up')}
          disabled={parent === undefined}
          onClick={() => parent !== undefined && onVisit(parent)}
        />
        <bdi>{listed.data.directory}</bdi>
      </div>
      <ul className={styles['list']} aria-label={t('browse.entries')}>
        {shown.map((entry) => (
          <EntryLine
            key={entry.path}
            entry={entry}
            isChosen={entry.path === chosen}
            wanted={question.kind}
            onVisit={onVisit}
            onChoose={onChoose}
          />
        ))}
        {shown.length === 0 && <EmptyState title={t('browse.empty')} />}
      </ul>
      {isCut && <p>{t('browse.cut')}</p>}
    </>
  )
}

interface EntryLineProps {
  readonly entry: BrowseEntry
  readonly isChosen: boolean
  readonly wanted: PathQuestion['kind']
  readonly onVisit: (directory: string) => void
  readonly onChoose: (path: string) => void
}

function EntryLine({ entry, isChosen, wanted, onVisit, onChoose }: EntryLineProps) {
  const { t } = useTranslation('app')
  const isFolder = entry.kind === 'folder'
  // A workspace is a thing to choose where folders are wanted; on the way to a file it is a folder like others.
  const isPlain = isFolder && (wanted === 'file' || entry.isWorkspace !== true)
  return (
    <li>
      <button
        type="button"
        className={styles['entry']}
        aria-pressed={isChosen}
        onClick={() => (isPlain ? onVisit(entry.path) : onChoose(entry.path))}
        onDoubleClick={() => isFolder && onVisit(entry.path)}
      >
        {iconOf(entry)}
        <bdi>{entry.name}</bdi>
        {entry.isWorkspace === true && <small>{t('browse.workspace')}</small>}
      </button>
    </li>
  )
}

function iconOf({ kind, isWorkspace }: BrowseEntry) {
  if (kind === 'file') return <FileOutlined aria-hidden />
  return isWorkspace === true ? <FolderFilled aria-hidden /> : <FolderOutlined aria-hidden />
}
