import { useReactFlow } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { type Point, withGroup, withNote, withPlaces } from '../document/layout-edits.ts'
import { useEditor } from '../document/use-editor.ts'
import { AXES, type Axis, aligned, type Box, distributed, SIDES, type Side } from './align.ts'
import { arrangeNodes } from './arrange-nodes.ts'
import type { CanvasAct } from './canvas-keys.ts'
import { useCanvasStore } from './canvas-store.ts'
import { shownCanvas } from './focus-canvas.ts'
import { foldFrames } from './fold-frames.ts'
import type { DrawnEdge } from './graph.ts'
import { groupId, noteId } from './search-canvas.ts'
import { useClipboard } from './use-clipboard.ts'
import type { DrawnItem } from './use-drawing.ts'
import { useMotionMs } from './use-motion-ms.ts'
import { useNodeActs } from './use-node-acts.ts'

const NOTE = { width: 200, height: 80, text: '' }
const ZOOM_MS = 200

/** Where an act was asked for: in the window, and in the drawing. */
export interface ActPlace {
  readonly at: Point
  readonly place: Point
}

export interface CanvasActs {
  /** Without a place the act takes one by itself: beside what is selected, or the middle of what is seen. */
  readonly run: (act: CanvasAct, where?: ActPlace) => void
  readonly arrange: () => Promise<void>
}

/** Everything that can be done on the canvas, for its keys, its menu and its buttons alike. */
export function useCanvasActs(): CanvasActs {
  const asks = useAsks()
  const marks = useMarks()
  const clipboard = useClipboard()
  const aligning = useAligning()
  const views = useViews()
  const { editor } = useEditor()
  const store = useCanvasStore()
  const remove = useRemove()
  const acts: Readonly<Record<Exclude<CanvasAct, Side | Axis>, (where: ActPlace | undefined) => void>> = {
    add: asks.add,
    connect: asks.connect,
    delete: remove,
    selectAll: () => editor.select(Object.keys(editor.store.getState().document.nodes)),
    copy: () => void clipboard.copy(),
    cut: () => void clipboard.copy().then((isCopied) => isCopied && remove()),
    paste: (where) => void clipboard.paste((where ?? asks.middle()).place),
    duplicate: clipboard.duplicate,
    find: () => store.setState({ isSearching: true }),
    fit: views.fit,
    fitSelection: views.fitSelection,
    arrange: () => void views.arrange(),
    note: (where) => marks.note((where ?? asks.middle()).place),
    group: marks.group,
    ungroup: marks.ungroup,
    fold: marks.fold,
    write: marks.write,
    keys: () => store.setState({ isKeyListShown: true }),
  }
  return { run: (act, where) => (isAligning(act) ? aligning(act) : acts[act](where)), arrange: views.arrange }
}

/** What is seen of the drawing, and arranging all of it. */
function useViews() {
  const { editor, catalogue } = useEditor()
  const flow = useReactFlow<DrawnItem, DrawnEdge>()
  const move = { duration: useMotionMs(ZOOM_MS) }
  const view = { maxZoom: 1, padding: 0.15 }
  return {
    fit: (): void => void flow.fitView({ ...view, ...move }),
    fitSelection: (): void => {
      const nodes = flow.getNodes().filter(({ selected }) => selected === true)
      if (nodes.length > 0) void flow.fitView({ ...view, ...move, nodes })
    },
    arrange: async (): Promise<void> => {
      const places = await arrangeNodes(editor.store.getState().document, catalogue)
      editor.arrange((layout) => ({ ...layout, nodes: places }))
      requestAnimationFrame(() => void flow.fitView(view))
    },
  }
}

function useAligning(): (act: Side | Axis) => void {
  const { editor } = useEditor()
  const flow = useReactFlow<DrawnItem, DrawnEdge>()
  return (act) => {
    const boxes = selectedBoxes(flow.getNodes())
    const places = isAxis(act) ? distributed(boxes, act) : aligned(boxes, act)
    if (boxes.size > 1) editor.arrange((layout) => withPlaces(layout, { nodes: places, notes: new Map() }))
  }
}

/** What asks for a choice first, and where it is asked. */
function useAsks() {
  const { editor } = useEditor()
  const store = useCanvasStore()
  const flow = useReactFlow<DrawnItem, DrawnEdge>()
  const middle = (): ActPlace => {
    const box = shownCanvas()?.getBoundingClientRect()
    const at = box === undefined ? { x: 0, y: 0 } : { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    return { at, place: flow.screenToFlowPosition(at, { snapToGrid: true }) }
  }
  const beside = (name: string): Point => {
    const node = flow.getNode(name)
    const { x, y } = node?.position ?? { x: 0, y: 0 }
    return flow.flowToScreenPosition({ x: x + (node?.measured?.width ?? 0) + 12, y })
  }
  return {
    middle,
    add: (where: ActPlace | undefined): void => {
      const { selection, shownOutput } = editor.store.getState()
      const [edge] = flow.getEdges().filter(({ id }) => store.getState().picked.has(id))
      const [only] = selection
      if (edge?.data !== undefined && selection.length === 0) {
        const at = where?.at ?? edgeMiddle(flow, edge)
        store.setState({ asking: { kind: 'add', at, onto: edge.data, place: flow.screenToFlowPosition(at) } })
      } else if (only !== undefined && selection.length === 1) {
        const from = shownOutput?.startsWith(`${only}.`) === true ? shownOutput : only
        store.setState({ asking: { kind: 'add', at: where?.at ?? beside(only), from } })
      } else store.setState({ asking: { kind: 'add', ...(where ?? middle()) } })
    },
    connect: (where: ActPlace | undefined): void => {
      const { selection, shownOutput } = editor.store.getState()
      const [only] = selection
      if (only === undefined || selection.length !== 1) return
      const from = shownOutput?.startsWith(`${only}.`) === true ? shownOutput : only
      store.setState({ asking: { kind: 'connect', at: where?.at ?? beside(only), from } })
    },
  }
}

type Flow = ReturnType<typeof useReactFlow<DrawnItem, DrawnEdge>>

function edgeMiddle(flow: Flow, { source, target }: DrawnEdge): Point {
  const [from, to] = [flow.getNode(source)?.position, flow.getNode(target)?.position]
  if (from === undefined || to === undefined) return { x: 0, y: 0 }
  const width = flow.getNode(source)?.measured?.width ?? 0
  return flow.flowToScreenPosition({ x: (from.x + width + to.x) / 2, y: (from.y + to.y) / 2 })
}

/** Notes and frames. */
function useMarks() {
  const { t } = useTranslation('canvas')
  const { editor } = useEditor()
  const store = useCanvasStore()
  const pickedMarks = (kind: string): string[] =>
    [...store.getState().picked].flatMap((id) => (id.startsWith(kind) ? [id.slice(kind.length)] : []))
  const pick = (id: string): void => {
    editor.select([])
    store.setState({ picked: new Set([id]), written: id })
  }
  return {
    note: (place: Point): void => {
      const { layout, id } = withNote(editor.store.getState().layout, { ...place, ...NOTE })
      editor.arrange(() => layout)
      pick(noteId(id))
    },
    group: (): void => {
      const { selection, layout: before } = editor.store.getState()
      if (selection.length === 0) return
      const { layout, id } = withGroup(before, { title: t('group.new'), nodes: [...selection] })
      editor.arrange(() => layout)
      pick(groupId(id))
    },
    ungroup: (): void => {
      const { selection } = editor.store.getState()
      const frames = new Set(pickedMarks('group:'))
      editor.arrange((layout) => ({
        ...layout,
        groups: layout.groups.filter(
          ({ id, nodes }) => !frames.has(id) && (frames.size > 0 || !nodes.some((name) => selection.includes(name))),
        ),
      }))
    },
    fold: (): void => {
      const { selection, layout } = editor.store.getState()
      const frames = new Set(pickedMarks('group:'))
      const around = layout.groups.filter(({ nodes }) => nodes.some((name) => selection.includes(name)))
      foldFrames(editor, frames.size > 0 ? frames : new Set(around.map(({ id }) => id)))
    },
    write: (): void => {
      const [only] = [...store.getState().picked].filter((id) => id.startsWith('note:') || id.startsWith('group:'))
      if (only !== undefined) store.setState({ written: only })
    },
  }
}

/** Everything that is selected, gone in one step. */
function useRemove(): () => void {
  const { editor } = useEditor()
  const store = useCanvasStore()
  const flow = useReactFlow<DrawnItem, DrawnEdge>()
  const acts = useNodeActs()
  return () => {
    const { picked } = store.getState()
    const { selection: nodes } = editor.store.getState()
    const wires = flow.getEdges().flatMap(({ id, data }) => (picked.has(id) && data !== undefined ? [data] : []))
    const marks = [...picked].map((id) => id.replace(/^(note|group):/, ''))
    if (nodes.length === 0 && picked.size === 0) return
    acts.remove({ nodes, wires, marks })
    store.setState({ picked: new Set() })
  }
}

function selectedBoxes(nodes: readonly DrawnItem[]): ReadonlyMap<string, Box> {
  return new Map(
    nodes.flatMap(({ id, type, selected, position, measured }): [string, Box][] =>
      type === 'step' && selected === true
        ? [[id, { ...position, width: measured?.width ?? 0, height: measured?.height ?? 0 }]]
        : [],
    ),
  )
}

function isAxis(act: string): act is Axis {
  return AXES.some((axis) => axis === act)
}

function isAligning(act: CanvasAct): act is Side | Axis {
  return isAxis(act) || SIDES.some((side) => side === act)
}
