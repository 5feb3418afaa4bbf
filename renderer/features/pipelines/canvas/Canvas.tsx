import '@xyflow/react/dist/style.css'
import {
  Background,
  type Connection,
  Controls,
  MiniMap,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import { type DragEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDrawnMode } from '../../../ui/editor/use-drawn-mode.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { refusal, withConnection, withoutConnection } from '../document/edits.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import { useLineageHighlight } from '../lineage/use-lineage-highlight.ts'
import styles from './Canvas.module.css'
import { CanvasTools } from './CanvasTools.tsx'
import { type DrawnEdge, type DrawnNode, drawnGraph } from './graph.ts'
import { highlighted } from './highlighted.ts'
import { KIND_DRAGGED, NodePalette } from './NodePalette.tsx'
import { placeNodes } from './place-nodes.ts'
import { StepNode } from './StepNode.tsx'
import { useCanvasKeys } from './use-canvas-keys.ts'
import { useNodeActs } from './use-node-acts.ts'

const NODE_TYPES = { step: StepNode }

/** The pipeline as a drawing. Everything that can be done here can be done in the list by keyboard too. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <div className={styles['canvas']}>
        <NodePalette />
        <Drawing />
      </div>
    </ReactFlowProvider>
  )
}

function Drawing() {
  const { t } = useTranslation('pipelines')
  const acts = useNodeActs()
  const { screenToFlowPosition } = useReactFlow()
  const { nodes, edges, onNodesChange } = useDrawing()
  const path = useLineageHighlight()
  const onKeyDown = useCanvasKeys()
  const wires = useWires()
  const drop = (event: DragEvent): void => {
    const kind = event.dataTransfer.getData(KIND_DRAGGED)
    if (kind === '') return
    event.preventDefault()
    acts.add(kind, { at: screenToFlowPosition({ x: event.clientX, y: event.clientY }) })
  }
  return (
    <div className={styles['drawing']} onKeyDown={onKeyDown}>
      <ReactFlow<DrawnNode, DrawnEdge>
        aria-label={t('canvas.title')}
        nodes={highlighted(nodes, path)}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={useDrawnMode()}
        onNodesChange={onNodesChange}
        onConnect={wires.connect}
        isValidConnection={wires.isPossible}
        onEdgesDelete={wires.cut}
        onNodesDelete={(gone) => acts.remove(gone.map(({ id }) => id))}
        onDragOver={(event) => event.dataTransfer.types.includes(KIND_DRAGGED) && event.preventDefault()}
        onDrop={drop}
        deleteKeyCode={['Delete', 'Backspace']}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Meta', 'Control']}
        snapToGrid
        snapGrid={[10, 10]}
        minZoom={0.1}
        onInit={showBeginning}
        onlyRenderVisibleElements
        proOptions={{ hideAttribution: false }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} aria-label={t('canvas.zoom')} />
        <MiniMap pannable zoomable ariaLabel={t('canvas.map')} />
        <CanvasTools />
      </ReactFlow>
      {nodes.length === 0 && (
        <div className={styles['empty']}>
          <EmptyState title={t('canvas.empty')} hint={t('canvas.emptyHint')} />
        </div>
      )}
    </div>
  )
}

type Wire = Connection | DrawnEdge

function named({ sourceHandle, target, targetHandle }: Wire) {
  return typeof sourceHandle === 'string'
    ? { from: sourceHandle, to: target, ...(typeof targetHandle === 'string' ? { field: targetHandle } : {}) }
    : undefined
}

/** What can be done with the connections between nodes. */
function useWires() {
  const { editor, catalogue } = useEditor()
  return {
    connect: (connection: Connection): void => {
      const wire = named(connection)
      if (wire !== undefined) editor.change((before) => withConnection(before, wire, catalogue))
    },
    isPossible: (connection: Wire): boolean => {
      const wire = named(connection)
      return wire !== undefined && refusal(editor.store.getState().document, wire, catalogue) === undefined
    },
    cut: (gone: readonly DrawnEdge[]): void =>
      editor.change((before) =>
        gone.reduce((next, { data }) => (data === undefined ? next : withoutConnection(next, data, catalogue)), before),
      ),
  }
}

const READABLE = 0.55

/** All of the drawing when it can be read then, else its beginning: the sources at the left. */
function showBeginning(flow: ReactFlowInstance<DrawnNode, DrawnEdge>): void {
  requestAnimationFrame(() => {
    void showFrom(flow)
  })
}

async function showFrom(flow: ReactFlowInstance<DrawnNode, DrawnEdge>): Promise<void> {
  await flow.fitView({ minZoom: READABLE, maxZoom: 1, padding: 0.1 })
  const { zoom, y } = flow.getViewport()
  const left = flow.getNodesBounds(flow.getNodes()).x
  if (zoom <= READABLE) await flow.setViewport({ zoom, y, x: 24 - left * zoom })
}

/** The drawn graph; where a node is while it is dragged stays here until it is let go. */
function useDrawing() {
  const { editor, catalogue } = useEditor()
  const document = useEditorState((state) => state.document)
  const layout = useEditorState((state) => state.layout)
  const known = useEditorState((state) => state.state)
  const selection = useEditorState((state) => state.selection)
  const [dragged, setDragged] = useState<ReadonlyMap<string, { x: number; y: number }>>(new Map())
  const [sizes, setSizes] = useState<ReadonlyMap<string, { width: number; height: number }>>(new Map())
  const graph = useMemo(
    () => drawnGraph(document, placeNodes(document, layout, catalogue), known?.nodes ?? [], catalogue),
    [document, layout, known, catalogue],
  )
  const nodes = useMemo(
    () =>
      graph.nodes.map((node) => {
        const measured = sizes.get(node.id)
        return {
          ...node,
          position: dragged.get(node.id) ?? node.position,
          selected: selection.includes(node.id),
          ...(measured === undefined ? {} : { measured }),
        }
      }),
    [graph, dragged, sizes, selection],
  )
  const onNodesChange = (changes: NodeChange<DrawnNode>[]): void => {
    const moving = new Map(dragged)
    const measured = new Map(sizes)
    const chosen = new Set(selection)
    for (const change of changes) {
      if (change.type === 'position' && change.position !== undefined) moving.set(change.id, change.position)
      if (change.type === 'dimensions' && change.dimensions !== undefined) measured.set(change.id, change.dimensions)
      if (change.type === 'select') chosen[change.selected ? 'add' : 'delete'](change.id)
    }
    if (measured.size !== sizes.size || changes.some(({ type }) => type === 'dimensions')) setSizes(measured)
    if (changes.some(({ type }) => type === 'select')) editor.select([...chosen])
    const isLetGo = changes.some((change) => change.type === 'position' && change.dragging === false)
    if (isLetGo && moving.size > 0) {
      editor.arrange((before) => ({ ...before, nodes: { ...before.nodes, ...Object.fromEntries(moving) } }))
      setDragged(new Map())
    } else if (changes.some(({ type }) => type === 'position')) setDragged(moving)
  }
  return { nodes, edges: graph.edges, onNodesChange }
}
