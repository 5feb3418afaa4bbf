import { useEffect, useState } from 'react'
import type { Finder, Found, StudioContext } from '../feature.ts'
import { FINDERS } from '../features.ts'

interface FoundGroup {
  readonly finder: Finder
  readonly found: readonly Found[]
}

const TYPING_MS = 120

/** What the finders know of a query, group by group as each answers; a finder that fails has found nothing. */
export function useFound(
  query: string,
  context: StudioContext,
): { groups: readonly FoundGroup[]; isSearching: boolean } {
  const [groups, setGroups] = useState<readonly FoundGroup[]>([])
  const [isSearching, setSearching] = useState(false)
  useEffect(() => {
    setGroups([])
    if (query.trim() === '' || context.workspace === undefined) return setSearching(false)
    const searching = new AbortController()
    setSearching(true)
    const ask = async (finder: Finder): Promise<void> => {
      const found = await finder.find(query.trim(), context, searching.signal).catch(() => [])
      if (searching.signal.aborted || found.length === 0) return
      setGroups((before) =>
        FINDERS.flatMap((one) =>
          one === finder ? [{ finder, found }] : before.filter((group) => group.finder === one),
        ),
      )
    }
    const timer = setTimeout(() => {
      void Promise.all(FINDERS.map(ask)).then(() => !searching.signal.aborted && setSearching(false))
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
      searching.abort()
    }
  }, [query, context])
  return { groups, isSearching }
}
