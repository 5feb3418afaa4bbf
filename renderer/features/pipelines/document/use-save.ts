import { App as AntApp } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../../../../engine/contract/api/failure-of.ts'
import type { Failure } from '../../../../engine/contract/failure.ts'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { useEditor } from './use-editor.ts'

export interface Save {
  /** True when everything is on the disk. */
  readonly save: () => Promise<boolean>
  readonly isSaving: boolean
  readonly failure: Failure | undefined
}

/** Saves text and layout. A file that someone else changed meanwhile is never overwritten without being asked for. */
export function useSave(onReload: () => void): Save {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const engine = useEngine()
  const { modal } = AntApp.useApp()
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure>()

  const write = async (expectedDigest: string): Promise<boolean> => {
    const { pipeline, document, layout, saved } = editor.store.getState()
    const text = await currentText()
    if (layout !== saved.layout) await engine.pipelines.saveLayout({ pipeline, layout })
    const { digest } =
      text === saved.text && expectedDigest === editor.store.getState().digest
        ? { digest: expectedDigest }
        : await engine.pipelines.save({ pipeline, content: { text }, expectedDigest })
    editor.savedAs({ document, layout, text }, digest)
    await engine.drafts.discard({ file: `pipelines/${pipeline}.yaml` })
    return true
  }
  /** The text may be a moment behind the document. */
  const currentText = async (): Promise<string> => {
    const { document, text, saved } = editor.store.getState()
    if (document === saved.document) return text
    const parsed = await engine.pipelines.parse({ text })
    if (parsed.document === undefined) return text
    const printed = await engine.pipelines.print({ document, text })
    editor.printed(document, printed.text)
    return printed.text
  }
  const settle = async (): Promise<boolean> => {
    const choice = await askConflict(modal.confirm, t)
    if (choice === 'theirs') {
      onReload()
      return false
    }
    const { digest } = await engine.pipelines.get({ pipeline: editor.store.getState().pipeline })
    return write(digest)
  }
  const save = async (): Promise<boolean> => {
    setSaving(true)
    setFailure(undefined)
    try {
      return await write(editor.store.getState().digest).catch((error: unknown) => {
        if (failureOf(error).code !== 'workspace.file_changed') throw error
        return settle()
      })
    } catch (error) {
      setFailure(failureOf(error))
      return false
    } finally {
      setSaving(false)
    }
  }
  return { save, isSaving, failure }
}

type Confirm = ReturnType<typeof AntApp.useApp>['modal']['confirm']

function askConflict(confirm: Confirm, t: (key: string) => string): Promise<'mine' | 'theirs'> {
  return new Promise((resolve) => {
    void confirm({
      title: t('conflict.title'),
      content: t('conflict.detail'),
      okText: t('conflict.mine'),
      okButtonProps: { danger: true },
      cancelText: t('conflict.theirs'),
      onOk: () => resolve('mine'),
      onCancel: () => resolve('theirs'),
    })
  })
}
