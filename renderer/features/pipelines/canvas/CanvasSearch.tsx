import { CloseOutlined, DownOutlined, UpOutlined } from '@ant-design/icons'
import { Panel, useReactFlow } from '@xyflow/react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { IconButton } from '../../../ui/icon-button/IconButton.tsx'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import styles from './Canvas.module.css'
import { useCanvas, useCanvasStore } from './canvas-store.ts'
import { focusCanvas } from './focus-canvas.ts'
import { type CanvasMatch, searchCanvas } from './search-canvas.ts'
import { useMotionMs } from './use-motion-ms.ts'

const JUMP_MS = 200

/** Finds nodes by name, kind and settings, and notes; Enter goes to the next one, Shift+Enter back. */
export function CanvasSearch() {
  const isSearching = useCanvas((state) => state.isSearching)
  return isSearching ? <OpenSearch /> : null
}

function OpenSearch() {
  const { t } = useTranslation('canvas')
  const search = useSearch()
  const { query, matches, place, go, close } = search
  const current = matches[place]
  return (
    <Panel position="top-left">
      <search className={`nokey ${styles['search']}`} aria-label={t('act.find')}>
        <TextInput
          autoFocus
          size="small"
          aria-label={t('search.query')}
          placeholder={t('search.query')}
          value={query}
          onText={search.type}
          onKeyDown={search.press}
        />
        <MatchSteps
          text={
            query.trim() === '' ? '' : t('search.count', { place: matches.length && place + 1, count: matches.length })
          }
          hasMatches={matches.length > 0}
          onStep={(by) => go(place + by)}
        />
        <IconButton label={t('search.close')} icon={<CloseOutlined aria-hidden />} onClick={close} />
        {current !== undefined && current.text !== current.id && (
          <code className={styles['foundText']} title={current.text}>
            <bdi>{current.text}</bdi>
          </code>
        )}
      </search>
    </Panel>
  )
}

function useSearch() {
  const store = useCanvasStore()
  const show = useShow()
  const find = useFind()
  const [query, setQuery] = useState('')
  const place = useCanvas((state) => state.foundPlace)
  const matches = useMatches(query)
  const current = matches[place]
  // The first Enter goes to what is shown, the next ones go on.
  const isGone = useEditorState((state) => current !== undefined && state.selection.includes(current.id))
  const go = (to: number): void => {
    const wrapped = matches.length === 0 ? 0 : (to + matches.length) % matches.length
    store.setState({ found: matches.map(({ id }) => id), foundPlace: wrapped })
    show(matches[wrapped]?.id, true)
  }
  const close = (): void => {
    store.setState({ isSearching: false, found: [], foundPlace: 0 })
    focusCanvas()
  }
  const type = (next: string): void => {
    const found = find(next)
    setQuery(next)
    store.setState({ found: found.map(({ id }) => id), foundPlace: 0 })
    show(found[0]?.id, false)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter') go(isGone ? place + (event.shiftKey ? -1 : 1) : place)
    else if (by !== undefined) go(place + by)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { query, matches, place, go, close, type, press }
}

interface MatchStepsProps {
  readonly text: string
  readonly hasMatches: boolean
  readonly onStep: (by: number) => void
}

function MatchSteps({ text, hasMatches, onStep }: MatchStepsProps) {
  const { t } = useTranslation('canvas')
  return (
    <>
      <small aria-live="polite">{text}</small>
      <IconButton
        label={t('search.before')}
        icon={<UpOutlined aria-hidden />}
        isDisabled={!hasMatches}
        onClick={() => onStep(-1)}
      />
      <IconButton
        label={t('search.next')}
        icon={<DownOutlined aria-hidden />}
        isDisabled={!hasMatches}
        onClick={() => onStep(1)}
      />
    </>
  )
}

function useFind(): (query: string) => readonly CanvasMatch[] {
  const { editor, catalogue } = useEditor()
  const language = usePreferences((state) => state.language)
  return (query) => {
    const { document, layout } = editor.store.getState()
    return searchCanvas({ document, layout, titleOf: (kind) => catalogue.get(kind)?.title[language] ?? kind }, query)
  }
}

/** What is found now: the pipeline may change while the search is open. */
function useMatches(query: string): readonly CanvasMatch[] {
  useEditorState((state) => state.document)
  useEditorState((state) => state.layout)
  return useFind()(query)
}

/** Brings an item to the middle, and selects it when it is a node and that is wanted: its rows are asked for then. */
function useShow(): (id: string | undefined, isSelected: boolean) => void {
  const { editor } = useEditor()
  const flow = useReactFlow()
  const duration = useMotionMs(JUMP_MS)
  return (id, isSelected) => {
    const node = id === undefined ? undefined : flow.getNode(id)
    if (node === undefined) return
    const { x, y } = node.position
    const [width, height] = [node.measured?.width ?? 190, node.measured?.height ?? 44]
    const zoom = Math.max(flow.getZoom(), 0.7)
    void flow.setCenter(x + width / 2, y + height / 2, { zoom, duration })
    if (isSelected && node.id in editor.store.getState().document.nodes) editor.select([node.id])
  }
}
