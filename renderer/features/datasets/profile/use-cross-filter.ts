import { useEffect, useMemo, useState } from 'react'
import type { Filter } from '../../../../engine/contract/cursor.ts'
import {
  type CrossCounts,
  type Dimension,
  dimensionsOf,
  type Selection,
} from '../../../../engine/contract/profile/cross-filter.ts'
import type { Profile } from '../../../../engine/contract/profile/profile.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { nextBins } from './chart-bars.ts'

export interface CrossFiltering {
  readonly dimensions: readonly Dimension[]
  /** Of all rows; undefined while they are put into their bins. */
  readonly all: CrossCounts | undefined
  /** Under the selections. */
  readonly now: CrossCounts | undefined
  readonly selections: readonly Selection[]
  readonly choose: (dimension: number, bin: number, isAdded: boolean) => void
  readonly clear: () => void
}

const NONE: readonly Selection[] = []
const EVERYTHING: readonly Filter[] = []

/** Charts of a profile that choose rows for each other and, by `onFilter`, for the grid. */
export function useCrossFilter(
  cursor: string,
  profile: Profile,
  isDone: boolean,
  onFilter: (filter: readonly Filter[]) => void,
): CrossFiltering {
  const dimensions = useMemo(() => dimensionsOf(profile), [profile])
  const [chosen, setChosen] = useState({ id: profile.id, selections: NONE })
  const selections = chosen.id === profile.id ? chosen.selections : NONE
  const opened = useAnswer(
    ['profiles', 'cross', cursor, profile.id, profile.elapsedMs],
    (engine, signal) => engine.profiles.openCross({ cursor, dimensions: [...dimensions] }, { signal }),
    { isEnabled: isDone },
  )
  const all = opened.state === 'ready' ? opened.data : undefined
  const counted = useAnswer(
    ['profiles', 'cross', cursor, profile.id, profile.elapsedMs, selections],
    (engine, signal) => engine.profiles.countCross({ cursor, selections: [...selections] }, { signal }),
    { isEnabled: all !== undefined && selections.length > 0, keepsLast: true },
  )
  const isCounted = counted.state === 'ready' && !counted.isStale
  // Until the counts are here the rows stay as they are.
  const filter = selections.length === 0 ? EVERYTHING : isCounted ? counted.data.filter : undefined
  useEffect(() => {
    if (filter !== undefined) onFilter(filter)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- who is told does not matter to when
  }, [filter])
  const select = (next: readonly Selection[]): void => setChosen({ id: profile.id, selections: next })
  return {
    dimensions,
    all,
    now: selections.length === 0 ? all : counted.state === 'ready' ? counted.data : all,
    selections,
    choose: (dimension, bin, isAdded) => {
      const before = selections.find((one) => one.dimension === dimension)?.bins ?? []
      const bins = nextBins(before, bin, isAdded)
      const others = selections.filter((one) => one.dimension !== dimension)
      select(bins.length === 0 ? others : [...others, { dimension, bins }])
    },
    clear: () => select(NONE),
  }
}
