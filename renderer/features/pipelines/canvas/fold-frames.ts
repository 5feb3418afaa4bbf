import type { PipelineEditor } from '../document/editor-store.ts'
import { withFolded } from '../document/layout-edits.ts'

/** Closes frames, or opens them; nodes that are not seen any more are not selected either. */
export function foldFrames(editor: PipelineEditor, ids: ReadonlySet<string>): void {
  editor.arrange((layout) => withFolded(layout, ids))
  const { selection, layout } = editor.store.getState()
  const hidden = new Set(
    layout.groups.flatMap(({ id, nodes, isCollapsed }) => (ids.has(id) && isCollapsed ? nodes : [])),
  )
  if (selection.some((name) => hidden.has(name))) editor.select(selection.filter((name) => !hidden.has(name)))
}
