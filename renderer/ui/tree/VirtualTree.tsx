import {
  BorderOutlined,
  CaretDownOutlined,
  CaretRightOutlined,
  CheckSquareFilled,
  LoadingOutlined,
  MinusSquareFilled,
} from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nextFocus } from './tree-keys.ts'
import styles from './VirtualTree.module.css'
import type { TreeNode, TreeRow } from './visible-rows.ts'

const ROW_PX = 26

interface VirtualTreeProps {
  readonly rows: readonly TreeRow[]
  readonly label: string
  readonly onToggle: (path: readonly string[], isOpen: boolean) => void
  /** Enter or click on a node. */
  readonly onChoose: (node: TreeNode, path: readonly string[]) => void
  /** The row at the end of a level that has more, or failed. */
  readonly onContinue: (path: readonly string[]) => void
  readonly iconOf: (node: TreeNode, path: readonly string[]) => ReactNode
  /** In a tree of which lines are chosen: whether this one is. Then Space chooses, and Enter opens. */
  readonly checkOf?: (path: readonly string[]) => boolean | 'mixed'
  readonly onCheck?: (path: readonly string[]) => void
  /** What stands at the right of a node. */
  readonly actionsOf?: (node: TreeNode, path: readonly string[]) => ReactNode
}

/** A tree of any length: only the lines in sight are drawn. One line has the focus; arrows move it, open and close. */
export function VirtualTree(props: VirtualTreeProps) {
  const { rows, label, onToggle, onChoose } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
  })
  const focusRow = (index: number): void => {
    setFocused(index)
    virtual.scrollToIndex(index)
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus())
  }
  const press = (event: KeyboardEvent): void => {
    const row = rows[focused]
    if (event.key === ' ' && props.onCheck !== undefined && row?.kind === 'node') {
      event.preventDefault()
      return props.onCheck(row.path)
    }
    const act = nextFocus(rows, focused, event.key)
    if (act === undefined || row === undefined) return
    event.preventDefault()
    if (act.kind === 'focus') focusRow(act.index)
    else if (act.kind === 'toggle') onToggle(row.path, act.isOpen)
    else if (row.kind === 'node') onChoose(row.node, row.path)
    else props.onContinue(row.path)
  }
  return (
    <div ref={scroller} className={styles['scroller']} onKeyDown={press} role="tree" aria-label={label}>
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <TreeLine
              key={key}
              {...props}
              row={row}
              index={index}
              top={start}
              isFocusable={index === Math.min(focused, rows.length - 1)}
              onFocus={() => setFocused(index)}
            />
          )
        })}
      </div>
    </div>
  )
}

interface TreeLineProps extends VirtualTreeProps {
  readonly row: TreeRow
  readonly index: number
  readonly top: number
  readonly isFocusable: boolean
  readonly onFocus: () => void
}

function TreeLine({
  row,
  index,
  top,
  isFocusable,
  onFocus,
  onToggle,
  onChoose,
  onContinue,
  iconOf,
  checkOf,
  onCheck,
  actionsOf,
}: TreeLineProps) {
  const { t } = useTranslation('ui')
  const level = row.kind === 'node' ? row.path.length : row.path.length + 1
  const place = {
    className: styles['line'],
    style: { top, height: ROW_PX, paddingInlineStart: 6 + (level - 1) * 14 },
    'data-index': index,
    role: 'treeitem',
    tabIndex: isFocusable ? 0 : -1,
    'aria-level': level,
    onFocus,
  } as const
  if (row.kind !== 'node') {
    return (
      <div {...place} data-quiet onClick={() => onContinue(row.path)}>
        {row.kind === 'loading' && <LoadingOutlined aria-hidden />} {t(`tree.${row.kind}`)}
      </div>
    )
  }
  const { node, path, isOpen, position, siblings } = row
  const check = checkOf?.(path)
  return (
    <div
      {...place}
      aria-posinset={position}
      aria-setsize={siblings}
      {...(node.hasChildren ? { 'aria-expanded': isOpen } : {})}
      {...(check === undefined ? {} : { 'aria-checked': check })}
      onClick={() => (node.hasChildren ? onToggle(path, !isOpen) : onChoose(node, path))}
    >
      <span className={styles['caret']}>
        {node.hasChildren && (isOpen ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />)}
      </span>
      {check !== undefined && <CheckMark check={check} onPress={() => onCheck?.(path)} />}
      {iconOf(node, path)}
      <bdi className={styles['label']}>{node.label}</bdi>
      {node.detail !== undefined && <small>{node.detail}</small>}
      {/* A line takes the click; what stands in it keeps its own. */}
      <span className={styles['actions']} role="presentation" onClick={(event) => event.stopPropagation()}>
        {actionsOf?.(node, path)}
      </span>
    </div>
  )
}

/** The line says whether it is checked; this is what a mouse presses without opening the line. */
function CheckMark({ check, onPress }: { readonly check: boolean | 'mixed'; readonly onPress: () => void }) {
  const press = (event: MouseEvent): void => {
    event.stopPropagation()
    onPress()
  }
  return (
    <span className={styles['check']} data-check={check} aria-hidden onClick={press}>
      {check === 'mixed' ? <MinusSquareFilled /> : check ? <CheckSquareFilled /> : <BorderOutlined />}
    </span>
  )
}
