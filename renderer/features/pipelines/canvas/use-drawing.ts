import type { EdgeChange, NodeChange } from '@xyflow/react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { type Point, withPlaces } from '../document/layout-edits.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import type { Box } from './align.ts'
import { useCanvas, useCanvasStore } from './canvas-store.ts'
import { type DrawnFrame, type DrawnNote, drawnFrames, drawnNotes } from './drawn-marks.ts'
import { closedFrames, foldedEdges } from './folded.ts'
import { type DrawnEdge, type DrawnNode, drawnGraph } from './graph.ts'
import { stepKeeper } from './kept-steps.ts'
import { byKind, movedPlaces } from './moving.ts'
import { placeNodes } from './place-nodes.ts'

export type DrawnItem = DrawnNode | DrawnNote | DrawnFrame
type Size = Pick<Box, 'width' | 'height'>

const UNMEASURED: Size = { width: 190, height: 44 }

/** What is drawn; where an item is while it is dragged, and how large a note while it is resized, stays here until it is let go. */
export function useDrawing() {
  const { editor } = useEditor()
  const layout = useEditorState((state) => state.layout)
  const select = useSelecting()
  const [dragged, setDragged] = useState<ReadonlyMap<string, Point>>(new Map())
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map())
  const { nodes, edges } = useItems(dragged, sizes)

  const onNodesChange = (changes: NodeChange<DrawnItem>[]): void => {
    const places = new Map(nodes.map(({ id, position }) => [id, position]))
    const moves = changes.flatMap((change) =>
      change.type === 'position' && change.position !== undefined ? [{ id: change.id, to: change.position }] : [],
    )
    if (moves.length > 0) {
      const moving = new Map([...dragged, ...movedPlaces(moves, layout, (id) => places.get(id))])
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
  return { nodes, edges, onNodesChange, onEdgesChange: select }
}

/** Nodes are selected in the editor, edges and marks on the canvas. */
function useSelecting() {
  const { editor } = useEditor()
  const store = useCanvasStore()
  return (changes: readonly (NodeChange<DrawnItem> | EdgeChange<DrawnEdge>)[]): void => {
    const chosen = changes.flatMap((change) => (change.type === 'select' ? [change] : []))
    if (chosen.length === 0) return
    const { document } = editor.store.getState()
    const [steps, others] = [new Set(editor.store.getState().selection), new Set(store.getState().picked)]
    for (const { id, selected } of chosen) (id in document.nodes ? steps : others)[selected ? 'add' : 'delete'](id)
    if (chosen.some(({ id }) => id in document.nodes)) editor.select([...steps])
    if (chosen.some(({ id }) => !(id in document.nodes))) store.setState({ picked: others })
  }
}

function useItems(dragged: ReadonlyMap<string, Point>, sizes: ReadonlyMap<string, Size>) {
  const selection = useEditorState((state) => state.selection)
  const layout = useEditorState((state) => state.layout)
  const picked = useCanvas((state) => state.picked)
  const graph = useGraph()
  const closed = useMemo(() => closedFrames(layout, selection), [layout, selection])
  const [keep] = useState(stepKeeper)
  const steps = useMemo(() => {
    const chosen = new Set(selection)
    return keep(graph.nodes, ({ id, position }) => ({
      position: dragged.get(id) ?? position,
      selected: chosen.has(id),
      hidden: closed.has(id),
      measured: sizes.get(id),
    }))
  }, [keep, graph, dragged, sizes, selection, closed])
  const marks = useMemo(() => {
    const boxes = new Map(steps.map(({ id, position, measured }) => [id, boxOf(position, measured)]))
    const frames = drawnFrames(layout, boxes, new Set(closed.values())).map((frame) => ({
      ...frame,
      measured: sizeOf(frame),
    }))
    const notes = drawnNotes(layout).map((note) => {
      const size = sizes.get(note.id) ?? sizeOf(note)
      return { ...note, ...size, measured: size, position: dragged.get(note.id) ?? note.position }
    })
    return [...frames, ...notes].map((mark) => ({ ...mark, selected: picked.has(mark.id) }))
  }, [steps, layout, sizes, dragged, picked, closed])
  const nodes = useMemo((): DrawnItem[] => [...marks, ...steps], [marks, steps])
  const edges = useMemo(
    () => foldedEdges(graph.edges, closed).map((edge) => (picked.has(edge.id) ? { ...edge, selected: true } : edge)),
    [graph, picked, closed],
  )
  return { nodes, edges }
}

function useGraph() {
  const { catalogue } = useEditor()
  const labels = useLabels()
  const document = useEditorState((state) => state.document)
  const layout = useEditorState((state) => state.layout)
  const known = useEditorState((state) => state.state)
  return useMemo(() => {
    const { nodes, edges } = drawnGraph(
      document,
      placeNodes(document, layout, catalogue),
      known?.nodes ?? [],
      catalogue,
    )
    return { nodes: nodes.map(labels.ofNode), edges: edges.map(labels.ofEdge) }
  }, [document, layout, known, catalogue, labels])
}

/** What a screen reader says of a node and of an edge. */
function useLabels() {
  const { t } = useTranslation('canvas')
  const { catalogue } = useEditor()
  const language = usePreferences((state) => state.language)
  return useMemo(() => {
    const [nodeRole, edgeRole] = [t('aria.nodeRole'), t('aria.edgeRole')]
    return {
      ofNode: (node: DrawnNode): DrawnNode => ({
        ...node,
        ariaLabel: [
          node.data.name,
          catalogue.get(node.data.kind)?.title[language] ?? node.data.kind,
          t(`state.${node.data.state}`),
        ].join(', '),
        domAttributes: { 'aria-roledescription': nodeRole },
      }),
      ofEdge: (edge: DrawnEdge): DrawnEdge => ({
        ...edge,
        ariaLabel: t('aria.edgeOf', { from: edge.data?.from ?? edge.source, to: edge.target }),
        domAttributes: { 'aria-roledescription': edgeRole },
      }),
    }
  }, [t, catalogue, language])
}

function boxOf({ x, y }: Point, measured: Partial<Size> | undefined): Box {
  return { x, y, width: measured?.width ?? UNMEASURED.width, height: measured?.height ?? UNMEASURED.height }
}

function sizeOf({ width, height }: DrawnFrame | DrawnNote): Size {
  return { width: width ?? UNMEASURED.width, height: height ?? UNMEASURED.height }
}
