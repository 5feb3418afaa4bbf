import { useEffect, useState } from 'react'
import { failureOf } from '../../../../engine/contract/api/failure-of.ts'
import type { Failure } from '../../../../engine/contract/failure.ts'
import type { Cell } from '../../../../engine/contract/page.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import type { CellPlace, GridColumn } from '../../../ui/grid/grid-types.ts'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { ValueViewer } from '../../../ui/viewer/ValueViewer.tsx'
import type { CursorSession } from '../cursor/cursor-session.ts'

interface CellPanelProps {
  readonly session: CursorSession
  readonly place: CellPlace
  readonly columns: readonly GridColumn[]
  readonly onClose: () => void
}

type Found =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'ready'; readonly value: Cell }

/** The whole value of a cell, asked for when it is looked at. */
export function CellPanel({ session, place, columns, onClose }: CellPanelProps) {
  const { row, column } = place
  const [found, setFound] = useState<Found>({ state: 'loading' })
  useEffect(() => {
    const stop = new AbortController()
    setFound({ state: 'loading' })
    session.cell(row, column, stop.signal).then(
      (value) => !stop.signal.aborted && setFound({ state: 'ready', value }),
      (error: unknown) => !stop.signal.aborted && setFound({ state: 'failed', failure: failureOf(error) }),
    )
    return () => stop.abort()
  }, [session, row, column])
  const { name, type } = columns[column] ?? { name: '', type: '' }
  if (found.state === 'loading') return <Skeleton rows={3} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} />
  return <ValueViewer title={`${name} · ${row + 1}`} type={type} value={found.value} onClose={onClose} />
}
