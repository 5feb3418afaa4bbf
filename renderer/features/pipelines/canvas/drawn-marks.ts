import type { Node } from '@xyflow/react'
import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import type { Box } from './align.ts'
import { groupId, noteId } from './search-canvas.ts'

export type DrawnNote = Node<{ readonly note: string; readonly text: string }, 'note'>
export type DrawnFrame = Node<
  { readonly group: string; readonly title: string; readonly count: number; readonly isClosed: boolean },
  'frame'
>

const PADDING_PX = 16
/** Room for the title above the nodes. */
const TITLE_PX = 26
const CLOSED: Pick<Box, 'width' | 'height'> = { width: 190, height: 52 }

export function drawnNotes(layout: LayoutFile): DrawnNote[] {
  return layout.notes.map(({ id, x, y, width, height, text }) => ({
    id: noteId(id),
    type: 'note',
    position: { x, y },
    width,
    height,
    data: { note: id, text },
  }))
}

/**
 * A frame round the nodes of each group, behind them. A group of which no node is drawn has none. A closed one stands for its nodes,
 * where the first of them would be.
 * @param closed ids of frames
 */
export function drawnFrames(
  layout: LayoutFile,
  boxes: ReadonlyMap<string, Box>,
  closed: ReadonlySet<string>,
): DrawnFrame[] {
  return layout.groups.flatMap(({ id, title, nodes }): DrawnFrame[] => {
    const inside = nodes.flatMap((name) => boxes.get(name) ?? [])
    if (inside.length === 0) return []
    const left = Math.min(...inside.map(({ x }) => x))
    const top = Math.min(...inside.map(({ y }) => y))
    const right = Math.max(...inside.map(({ x, width }) => x + width))
    const bottom = Math.max(...inside.map(({ y, height }) => y + height))
    const isClosed = closed.has(groupId(id))
    return [
      {
        id: groupId(id),
        type: 'frame',
        position: { x: left - PADDING_PX, y: top - PADDING_PX - TITLE_PX },
        width: isClosed ? CLOSED.width : right - left + 2 * PADDING_PX,
        height: isClosed ? CLOSED.height : bottom - top + 2 * PADDING_PX + TITLE_PX,
        zIndex: isClosed ? 0 : -1,
        connectable: false,
        // What is pressed inside of a frame is the canvas or a node; only its title moves it.
        style: { pointerEvents: isClosed ? 'all' : 'none' },
        data: { group: id, title, count: inside.length, isClosed },
      },
    ]
  })
}
