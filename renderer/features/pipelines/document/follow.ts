import type { EngineClient } from '../../../../engine/contract/api.ts'
import type { PipelineEditor } from './editor-store.ts'
import { isUnprinted } from './written.ts'

type Pipelines = Pick<EngineClient['pipelines'], 'parse' | 'print'>

/** Has the engine read the text as it is now. */
export async function readText(pipelines: Pipelines, editor: PipelineEditor, signal?: AbortSignal): Promise<void> {
  const { text } = editor.store.getState()
  editor.read(text, await pipelines.parse({ text }, signal === undefined ? {} : { signal }))
}

/** Has the engine print the document over the text as both are now. */
export async function printText(pipelines: Pipelines, editor: PipelineEditor, signal?: AbortSignal): Promise<void> {
  const { document, text, saved } = editor.store.getState()
  if (document === saved.document) return editor.printed({ document, text }, saved.text)
  const printed = await pipelines.print({ document, text }, signal === undefined ? {} : { signal })
  editor.printed({ document, text }, printed.text)
}

/** The text with everything that was drawn in it, or text that is no pipeline as it is. */
export async function settledText(pipelines: Pipelines, editor: PipelineEditor): Promise<string> {
  for (;;) {
    const state = editor.store.getState()
    if (state.reading === 'unread') await readText(pipelines, editor)
    else if (isUnprinted(state)) await printText(pipelines, editor)
    else return state.text
  }
}

/** Says the drawing in text anew, in place of text that is no pipeline; comments of what was saved stay. */
export async function rewriteText(pipelines: Pipelines, editor: PipelineEditor): Promise<void> {
  const { document, saved } = editor.store.getState()
  const { text } = await pipelines.print({ document, text: saved.text })
  editor.rewritten(document, text)
}
