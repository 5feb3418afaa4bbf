import { useState } from 'react'
import type { Column } from '../../../../engine/contract/column.ts'
import type { MapField } from './fields.ts'
import { isFound } from './list-keys.ts'
import type { Mapping } from './use-mapping.ts'

/** What a list shows and which of it is active. */
interface ListState {
  readonly active: number
  readonly onActive: (place: number) => void
  readonly search: string
  readonly onSearch: (search: string) => void
}

export interface Chosen {
  readonly columnList: ListState
  readonly fieldList: ListState
  /** That are found. */
  readonly columns: readonly Column[]
  readonly fields: readonly { readonly field: MapField; readonly place: number }[]
  /** The active ones by name; undefined while nothing is found. */
  readonly column: string | undefined
  readonly field: string | undefined
  /** Of the active field among all. */
  readonly place: number | undefined
  readonly moveField: (by: number) => void
}

/** What is searched and chosen on both sides of a mapping. */
export function useChosen({ columns, fields }: Mapping): Chosen {
  const columnList = useList()
  const fieldList = useList()
  const shownColumns = columns.filter(({ name }) => isFound(name, columnList.search))
  const shownFields = fields.flatMap((field, place) => (isFound(field.to, fieldList.search) ? [{ field, place }] : []))
  const active = shownFields[Math.min(fieldList.active, shownFields.length - 1)]
  return {
    columnList,
    fieldList,
    columns: shownColumns,
    fields: shownFields,
    column: shownColumns[Math.min(columnList.active, shownColumns.length - 1)]?.name,
    field: active?.field.to,
    place: active?.place,
    moveField: (by) => fieldList.onActive(Math.max(0, fieldList.active + by)),
  }
}

function useList(): ListState {
  const [active, onActive] = useState(0)
  const [search, onSearch] = useState('')
  return { active, onActive, search, onSearch }
}
