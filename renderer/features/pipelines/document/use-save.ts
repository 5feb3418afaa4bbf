import { useState } from 'react'
import { failureOf } from '../../../../engine/contract/api/failure-of.ts'
import type { Failure } from '../../../../engine/contract/failure.ts'
import type { Conflict, ConflictChoice } from '../../../app/conflict/ConflictDialog.tsx'
import { useConflict } from '../../../app/conflict/use-conflict.ts'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { settledText } from './follow.ts'
import { savePipeline } from './save-pipeline.ts'
import { useEditor } from './use-editor.ts'

export interface Save {
  /** True when everything is on the disk. */
  readonly save: () => Promise<boolean>
  readonly isSaving: boolean
  readonly failure: Failure | undefined
  /** Somebody else saved meanwhile: nothing was written, and a person has to choose. */
  readonly conflict: Conflict | undefined
  readonly settle: (choice: ConflictChoice) => Promise<void>
}

/** Saves text and layout. A file that someone else changed meanwhile is never overwritten without being asked for. */
export function useSave(onReload: () => void): Save {
  const { editor } = useEditor()
  const engine = useEngine()
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const file = `pipelines/${editor.store.getState().pipeline}.yaml`

  const meetTheirs = async (): Promise<void> => {
    const { pipeline } = editor.store.getState()
    const theirs = await engine.pipelines.get({ pipeline })
    meet({ version: theirs.digest, conflict: { file, theirs: theirs.text, mine: editor.store.getState().text } })
  }
  const write = async (expectedDigest: string): Promise<boolean> => {
    setSaving(true)
    setFailure(undefined)
    try {
      const isSaved = await savePipeline(engine, editor, expectedDigest)
      if (!isSaved) await meetTheirs()
      return isSaved
    } catch (error) {
      setFailure(failureOf(error))
      return false
    } finally {
      setSaving(false)
    }
  }
  // What was edited here is offered again beside what is loaded.
  const takeTheirs = async (): Promise<void> => {
    const { layout, digest } = editor.store.getState()
    try {
      await engine.drafts.save({ file, text: await settledText(engine.pipelines, editor), layout, baseDigest: digest })
      onReload()
    } catch (error) {
      setFailure(failureOf(error))
    }
  }
  const { conflict, meet, settle } = useConflict({ overwrite: write, takeTheirs })
  return {
    save: () => write(editor.store.getState().digest),
    isSaving,
    failure,
    conflict,
    settle,
  }
}
