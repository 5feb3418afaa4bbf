import { useEngine } from '../../../app/rpc/engine-context.ts'
import type { Complete } from '../../../ui/editor/completion.ts'
import type { Explain } from '../../../ui/editor/hover.ts'
import { useEditor } from '../document/use-editor.ts'

/** What may be typed in the pipeline's text, and what stands there. */
export function useTextHelp(): { readonly complete: Complete; readonly explain: Explain } {
  const { editor } = useEditor()
  const engine = useEngine()
  const { pipeline } = editor.store.getState()
  return {
    complete: (text, offset, signal) => engine.pipelines.completeText({ pipeline, text, offset }, { signal }),
    explain: async (text, offset, signal) => (await engine.pipelines.hoverText({ text, offset }, { signal })).hover,
  }
}
