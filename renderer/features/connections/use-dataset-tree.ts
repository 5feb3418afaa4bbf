import { useEffect, useMemo, useRef, useState } from 'react'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useEngine } from '../../app/rpc/engine-context.ts'
import { pathKey, type TreeLevel, type TreeRow, visibleRows } from '../../ui/tree/visible-rows.ts'
import { levelOf } from './dataset-tree.ts'

interface DatasetTree {
  readonly rows: readonly TreeRow[]
  readonly toggle: (path: readonly string[], isOpen: boolean) => void
  /** Loads what follows in a level, or tries a failed one again. */
  readonly proceed: (path: readonly string[]) => void
}

const PAGE = 1_000
const NOTHING: TreeLevel = { nodes: [], state: 'loading', hasMore: false }

/** Connections, their schemas and datasets; a level is asked for when it is first opened. With `search`, what matches in all of them. */
export function useDatasetTree(connections: readonly string[], search: string): DatasetTree {
  const engine = useEngine()
  const { number } = useFormats()
  const [levels, setLevels] = useState<ReadonlyMap<string, TreeLevel>>(new Map())
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const cursors = useRef(new Map<string, string>())
  const asking = useRef(new AbortController())
  const put = (path: readonly string[], level: TreeLevel): void =>
    setLevels((before) => new Map(before).set(pathKey(path), level))

  const load = async (path: readonly string[], before: TreeLevel): Promise<void> => {
    const [connection, parent] = path
    if (connection === undefined) return
    put(path, { ...before, state: 'loading', hasMore: false })
    const cursor = cursors.current.get(pathKey(path))
    const { signal } = asking.current
    try {
      const found = await engine.connections.tree(
        {
          connection,
          limit: PAGE,
          ...(parent === undefined ? {} : { parent }),
          ...(search === '' ? {} : { search }),
          ...(cursor === undefined ? {} : { cursor }),
        },
        { signal },
      )
      if (found.next === undefined) cursors.current.delete(pathKey(path))
      else cursors.current.set(pathKey(path), found.next)
      put(path, levelOf(before.nodes, found, number))
    } catch {
      if (!signal.aborted) put(path, { ...before, state: 'failed', hasMore: false })
    }
  }

  const names = connections.join('\n')
  useEffect(() => {
    asking.current = new AbortController()
    cursors.current.clear()
    const nodes = connections.map((id) => ({ id, label: id, hasChildren: true }))
    setLevels(new Map([[pathKey([]), { nodes, state: 'ready', hasMore: false }]]))
    setOpen(new Set(search === '' ? [] : connections.map((id) => pathKey([id]))))
    if (search !== '') for (const id of connections) void load([id], NOTHING)
    return () => asking.current.abort()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- another search or other connections begin a new tree
  }, [names, search, engine])

  return {
    rows: useMemo(() => visibleRows(levels, open), [levels, open]),
    toggle: (path, isOpen) => {
      const key = pathKey(path)
      setOpen((before) => (isOpen ? new Set(before).add(key) : new Set([...before].filter((one) => one !== key))))
      if (isOpen && !levels.has(key)) void load(path, NOTHING)
    },
    proceed: (path) => {
      const level = levels.get(pathKey(path))
      if (level?.hasMore === true || level?.state === 'failed') void load(path, level)
    },
  }
}
