import { App as AntApp } from 'antd'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { withPasted } from '../document/edits.ts'
import { useEditor } from '../document/use-editor.ts'

/** Copies nodes as the text of a pipeline and pastes such text, also from a file or a message. */
export function useCanvasKeys(): (event: KeyboardEvent) => void {
  const { t } = useTranslation('pipelines')
  const { editor, catalogue } = useEditor()
  const engine = useEngine()
  const { message } = AntApp.useApp()
  const copy = async (): Promise<void> => {
    const { document, selection } = editor.store.getState()
    const nodes = Object.fromEntries(Object.entries(document.nodes).filter(([name]) => selection.includes(name)))
    const { text } = await engine.pipelines.print({ document: { version: 1, nodes } })
    await navigator.clipboard.writeText(text)
    void message.success(t('canvas.copied', { count: selection.length }))
  }
  const paste = async (): Promise<void> => {
    const parsed = await engine.pipelines.parse({ text: await navigator.clipboard.readText() })
    if (parsed.document === undefined) return void message.warning(t('canvas.nothingToPaste'))
    const { document, names } = withPasted(editor.store.getState().document, parsed.document.nodes, catalogue)
    editor.change(() => document)
    editor.select(names)
  }
  return (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
    if (!event.ctrlKey && !event.metaKey) return
    const act = { c: copy, v: paste }[event.key.toLowerCase()]
    if (event.key.toLowerCase() === 'a') editor.select(Object.keys(editor.store.getState().document.nodes))
    else if (act === undefined) return
    else void act().catch(() => message.error(t('canvas.clipboardFailed')))
    event.preventDefault()
  }
}
