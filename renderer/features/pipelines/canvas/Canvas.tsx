import '@xyflow/react/dist/style.css'
import {
  Background,
  Controls,
  MiniMap,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useStore,
} from '@xyflow/react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDrawnMode } from '../../../ui/editor/use-drawn-mode.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import type { Connection } from '../document/connections.ts'
import { useLineageHighlight } from '../lineage/use-lineage-highlight.ts'
import { Asked } from './Asked.tsx'
import styles from './Canvas.module.css'
import { CanvasSearch } from './CanvasSearch.tsx'
import { CanvasTools } from './CanvasTools.tsx'
import { CanvasContext, createCanvasStore, useCanvas } from './canvas-store.ts'
import { FrameNode } from './FrameNode.tsx'
import type { DrawnEdge } from './graph.ts'
import { edgeMark, nodeMark, withMarks } from './highlighted.ts'
import { KeyList } from './KeyList.tsx'
import { NodePalette } from './NodePalette.tsx'
import { NoteNode } from './NoteNode.tsx'
import { StepNode } from './StepNode.tsx'
import { StepTexts } from './step-texts.ts'
import { useCanvasActs } from './use-canvas-acts.ts'
import { useCanvasKeys } from './use-canvas-keys.ts'
import { useCanvasTexts } from './use-canvas-texts.ts'
import { type DrawnItem, useDrawing } from './use-drawing.ts'
import { useDrop } from './use-drop.ts'
import { useMenus } from './use-menus.ts'
import { useWires } from './use-wires.ts'

/** Told to the map itself, which computes from it where a click is. */
const MAP_SIZE = { width: 140, height: 90 }
const NODE_TYPES = { step: StepNode, note: NoteNode, frame: FrameNode }

/** The pipeline as a drawing. Everything that can be done here can be done in the list by keyboard too. */
export function Canvas() {
  const [store] = useState(createCanvasStore)
  return (
    <CanvasContext value={store}>
      <ReactFlowProvider>
        <div className={styles['canvas']}>
          <NodePalette />
          <Drawing />
        </div>
      </ReactFlowProvider>
    </CanvasContext>
  )
}

function Drawing() {
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < LEGIBLE)
  const { t } = useTranslation(['pipelines', 'canvas'])
  const acts = useCanvasActs()
  const { nodes, edges, onNodesChange, onEdgesChange } = useDrawing()
  const onKeyDown = useCanvasKeys(acts)
  const wires = useWires()
  const drop = useDrop()
  const menus = useMenus()
  const [moved, setMoved] = useState<Connection>()
  return (
    <StepTexts value={t}>
      <div className={styles['drawing']} data-canvas data-far={isFar} tabIndex={-1} onKeyDown={onKeyDown}>
        <ReactFlow<DrawnItem, DrawnEdge>
          aria-label={t('canvas.title')}
          {...useMarked(nodes, edges, drop.over)}
          nodeTypes={NODE_TYPES}
          colorMode={useDrawnMode()}
          ariaLabelConfig={useCanvasTexts()}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onConnect={wires.connect}
          onConnectEnd={drop.onConnectEnd}
          isValidConnection={(wire) => wires.isPossible(wire, moved)}
          onReconnectStart={(_, { data }) => setMoved(data)}
          onReconnectEnd={() => setMoved(undefined)}
          onReconnect={wires.reconnect}
          // Small enough for the two ends of a short line to be apart.
          reconnectRadius={8}
          onDragOver={drop.onDragOver}
          onDragLeave={drop.onDragLeave}
          onDrop={drop.onDrop}
          {...menus}
          // Keys are heard on the canvas alone: React Flow would hear them on the whole page, in hidden tabs too.
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode={['Meta', 'Control']}
          elevateNodesOnSelect={false}
          snapToGrid
          snapGrid={[10, 10]}
          minZoom={0.1}
          onInit={showBeginning}
          onlyRenderVisibleElements
          proOptions={{ hideAttribution: false }}
        >
          <Background gap={20} />
          <Controls showInteractive={false} />
          <MiniMap pannable zoomable style={MAP_SIZE} />
          <CanvasSearch />
          <CanvasTools acts={acts} />
        </ReactFlow>
        {nodes.length === 0 && (
          <div className={styles['empty']}>
            <EmptyState title={t('canvas.empty')} hint={t('canvas.emptyHint')} />
          </div>
        )}
        <Asked />
        <KeyList />
      </div>
    </StepTexts>
  )
}

/** The items with what is looked for standing out; the same items while nothing is. */
function useMarked(nodes: DrawnItem[], edges: DrawnEdge[], over: string | undefined) {
  const path = useLineageHighlight()
  const found = useCanvas((state) => state.found)
  const marks = useMemo(() => ({ path, found: new Set(found), over }), [path, found, over])
  return {
    nodes: useMemo(() => withMarks(nodes, (node) => nodeMark(node, marks), styles), [nodes, marks]),
    edges: useMemo(() => withMarks(edges, (edge) => edgeMark(edge, marks), styles), [edges, marks]),
  }
}

const READABLE = 0.55
/** Below it a text is less than four pixels high, an icon five: nodes are boxes in their colours then, and cheap to draw. */
const LEGIBLE = 0.3

/** All of the drawing when it can be read then, else its beginning: the sources at the left. */
function showBeginning(flow: ReactFlowInstance<DrawnItem, DrawnEdge>): void {
  requestAnimationFrame(() => {
    void showFrom(flow)
  })
}

async function showFrom(flow: ReactFlowInstance<DrawnItem, DrawnEdge>): Promise<void> {
  await flow.fitView({ minZoom: READABLE, maxZoom: 1, padding: 0.1 })
  const { zoom, y } = flow.getViewport()
  const left = flow.getNodesBounds(flow.getNodes()).x
  if (zoom <= READABLE) await flow.setViewport({ zoom, y, x: 24 - left * zoom })
}
