import type { EngineClient } from '../../../../engine/contract/api.ts'
import { unlessChanged } from '../../../app/conflict/unless-changed.ts'
import type { PipelineEditor } from './editor-store.ts'
import { settledText } from './follow.ts'

type Engine = Pick<EngineClient, 'pipelines' | 'drafts'>

/**
 * Writes text and layout; false when the file is another than the one with `expectedDigest`, and then nothing at all is written.
 * The text goes first, also when only the layout changed: it is what a conflict is known by.
 */
export async function savePipeline(engine: Engine, editor: PipelineEditor, expectedDigest: string): Promise<boolean> {
  const text = await settledText(engine.pipelines, editor)
  const { pipeline, document, layout, saved } = editor.store.getState()
  const written = await unlessChanged(engine.pipelines.save({ pipeline, content: { text }, expectedDigest }))
  if (written === undefined) return false
  if (layout !== saved.layout) await engine.pipelines.saveLayout({ pipeline, layout })
  editor.savedAs({ document, layout, text }, written.digest)
  await engine.drafts.discard({ file: `pipelines/${pipeline}.yaml` })
  return true
}
