import { useReactFlow } from '@xyflow/react'
import { App as AntApp } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { withPasted } from '../document/edits.ts'
import { type Point, withPlaces } from '../document/layout-edits.ts'
import { useEditor } from '../document/use-editor.ts'
import { placeNodes } from './place-nodes.ts'

const BESIDE_PX = 40

/** Copies nodes as the text of a pipeline and pastes such text, also from a file, a message or another pipeline. */
export function useClipboard() {
  const { t } = useTranslation('pipelines')
  const { editor, catalogue } = useEditor()
  const engine = useEngine()
  const { message } = AntApp.useApp()
  const flow = useReactFlow()
  const selected = (): PipelineFile['nodes'] => {
    const { document, selection } = editor.store.getState()
    return Object.fromEntries(Object.entries(document.nodes).filter(([name]) => selection.includes(name)))
  }
  const put = (nodes: PipelineFile['nodes'], placeOf: (name: string) => Point | undefined): void => {
    const { document, names } = withPasted(editor.store.getState().document, nodes, catalogue)
    const places = new Map<string, Point>()
    for (const [index, name] of Object.keys(nodes).entries()) {
      const [place, free] = [placeOf(name), names[index]]
      if (place !== undefined && free !== undefined) places.set(free, place)
    }
    editor.changeBoth(({ layout }) => ({ document, layout: withPlaces(layout, { nodes: places, notes: new Map() }) }))
    editor.select(names)
  }
  const copy = async (): Promise<boolean> => {
    const nodes = selected()
    const count = Object.keys(nodes).length
    if (count === 0) return false
    const { text } = await engine.pipelines.print({ document: { version: 1, nodes } })
    await navigator.clipboard.writeText(text)
    void message.success(t('canvas.copied', { count }))
    return true
  }
  const paste = async (at: Point): Promise<void> => {
    const parsed = await engine.pipelines.parse({ text: await navigator.clipboard.readText() })
    const nodes = parsed.document?.nodes ?? {}
    if (Object.keys(nodes).length === 0) return void message.warning(t('canvas.nothingToPaste'))
    const alone = placeNodes({ version: 1, nodes }, { version: 1, nodes: {}, notes: [], groups: [] }, catalogue)
    put(nodes, (name) => {
      const place = alone.get(name)
      return place === undefined ? undefined : { x: Math.round(at.x + place.x), y: Math.round(at.y + place.y) }
    })
  }
  const failed = (): void => void message.error(t('canvas.clipboardFailed'))
  return {
    /** Whether there was something to copy. */
    copy: () =>
      copy().catch(() => {
        failed()
        return false
      }),
    /** With the first node at this place of the drawing. */
    paste: (at: Point) => paste(at).catch(failed),
    duplicate: (): void =>
      put(selected(), (name) => {
        const place = flow.getNode(name)?.position
        return place === undefined ? undefined : { x: place.x + BESIDE_PX, y: place.y + BESIDE_PX }
      }),
  }
}
