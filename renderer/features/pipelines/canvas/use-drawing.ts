import type { EdgeChange, NodeChange } from '@xyflow/react'
import { useMemo, useState } from 'react'
import { type Point, withPlaces } from '../document/layout-edits.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import type { Box } from './align.ts'
import { useCanvas, useCanvasStore } from './canvas-store.ts'
import { type DrawnFrame, type DrawnNote, drawnFrames, drawnNotes } from './drawn-marks.ts'
import { type DrawnEdge, type DrawnNode, drawnGraph } from './graph.ts'
import { byKind, movedPlaces } from './moving.ts'
import { placeNodes } from './place-nodes.ts'

export type DrawnItem = DrawnNode | DrawnNote | DrawnFrame
type Size = Pick<Box, 'width' | 'height'>

const UNMEASURED: Size = { width: 190, height: 44 }

/** What is drawn; where an item is while it is dragged, and how large a note while it is resized, stays here until it is let go. */
export function useDrawing() {
  const { editor } = useEditor()
  const store = useCanvasStore()
  const selection = useEditorState((state) => state.selection)
  const picked = useCanvas((state) => state.picked)
  const layout = useEditorState((state) => state.layout)
  const graph = useGraph()
  const [dragged, setDragged] = useState<ReadonlyMap<string, Point>>(new Map())
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map())
  const nodes = useMemo((): DrawnItem[] => {
    const steps = graph.nodes.map((node): DrawnNode => {
      const measured = sizes.get(node.id)
      const position = dragged.get(node.id) ?? node.position
      const selected = selection.includes(node.id)
      return { ...node, position, selected, ...(measured === undefined ? {} : { measured }) }
    })
    const boxes = new Map(steps.map(({ id, position, measured }) => [id, boxOf(position, measured)]))
    const marks = [...drawnFrames(layout, boxes), ...drawnNotes(layout)].map((mark) => ({
      ...mark,
      position: mark.type === 'note' ? (dragged.get(mark.id) ?? mark.position) : mark.position,
      selected: picked.has(mark.id),
      ...(mark.type === 'note' ? (sizes.get(mark.id) ?? {}) : {}),
      measured: (mark.type === 'note' ? sizes.get(mark.id) : undefined) ?? sizeOf(mark),
    }))
    return [...marks, ...steps]
  }, [graph, dragged, sizes, selection, picked, layout])
  const edges = useMemo(
    () => graph.edges.map((edge) => (picked.has(edge.id) ? { ...edge, selected: true } : edge)),
    [graph, picked],
  )

  const onNodesChange = (changes: NodeChange<DrawnItem>[]): void => {
    const placeOf = (id: string): Point | undefined => nodes.find((one) => one.id === id)?.position
    const moves = changes.flatMap((change) =>
      change.type === 'position' && change.position !== undefined ? [{ id: change.id, to: change.position }] : [],
    )
    if (moves.length > 0) {
      const moving = new Map([...dragged, ...movedPlaces(moves, layout, placeOf)])
      const isLetGo = changes.some((change) => change.type === 'position' && change.dragging === false)
      if (isLetGo) editor.arrange((before) => withPlaces(before, byKind(moving, before)), 'places')
      setDragged(isLetGo ? new Map() : moving)
    }
    resize(changes)
    select(changes)
  }
  const resize = (changes: NodeChange<DrawnItem>[]): void => {
    const measured = new Map(sizes)
    for (const change of changes) {
      if (change.type !== 'dimensions' || change.dimensions === undefined) continue
      // A note that is let go has the size that is in the layout then.
      if (change.resizing === false) measured.delete(change.id)
      else measured.set(change.id, change.dimensions)
    }
    if (changes.some(({ type }) => type === 'dimensions')) setSizes(measured)
  }
  const select = (changes: readonly (NodeChange<DrawnItem> | EdgeChange<DrawnEdge>)[]): void => {
    const chosen = changes.flatMap((change) => (change.type === 'select' ? [change] : []))
    if (chosen.length === 0) return
    const { document } = editor.store.getState()
    const [steps, others] = [new Set(editor.store.getState().selection), new Set(store.getState().picked)]
    for (const { id, selected } of chosen) (id in document.nodes ? steps : others)[selected ? 'add' : 'delete'](id)
    if (chosen.some(({ id }) => id in document.nodes)) editor.select([...steps])
    if (chosen.some(({ id }) => !(id in document.nodes))) store.setState({ picked: others })
  }
  return { nodes, edges, onNodesChange, onEdgesChange: (changes: EdgeChange<DrawnEdge>[]) => select(changes) }
}

function useGraph() {
  const { catalogue } = useEditor()
  const document = useEditorState((state) => state.document)
  const layout = useEditorState((state) => state.layout)
  const known = useEditorState((state) => state.state)
  return useMemo(
    () => drawnGraph(document, placeNodes(document, layout, catalogue), known?.nodes ?? [], catalogue),
    [document, layout, known, catalogue],
  )
}

function boxOf({ x, y }: Point, measured: Partial<Size> | undefined): Box {
  return { x, y, width: measured?.width ?? UNMEASURED.width, height: measured?.height ?? UNMEASURED.height }
}

function sizeOf({ width, height }: DrawnFrame | DrawnNote): Size {
  return { width: width ?? UNMEASURED.width, height: height ?? UNMEASURED.height }
}
