import type { Column } from '../../../../engine/contract/column.ts'
import type { NodeConfig } from '../document/inputs.ts'

/** One field of a map node as the file has it; what is not known here is kept. */
export interface MapField {
  readonly to: string
  readonly from?: string
  readonly expr?: string
  readonly value?: unknown
  readonly type?: string
  readonly onError?: string
  readonly default?: unknown
}

/** Fields that have a name; anything else is left for the text view to put right. */
export function fieldsOf(config: NodeConfig | undefined): readonly MapField[] {
  const fields: unknown = config?.['fields']
  return Array.isArray(fields) ? fields.filter(isField) : []
}

function isField(field: unknown): field is MapField {
  return typeof field === 'object' && field !== null && 'to' in field && typeof field.to === 'string'
}

/** The input column that a field takes as it is; undefined for an expression and for a constant. */
export function sourceOf({ to, from, expr, value }: MapField): string | undefined {
  return expr !== undefined || value !== undefined ? undefined : (from ?? to)
}

/** A field of this name taking the column, in the place of the one that has the name; else at the end. */
export function withMapping(fields: readonly MapField[], from: string, to: string): readonly MapField[] {
  const taking = from === to ? { to } : { to, from }
  const place = fields.findIndex((field) => field.to === to)
  if (place < 0) return [...fields, taking]
  return fields.map((field, index) => {
    if (index !== place) return field
    const { from: _from, expr: _expr, value: _value, to: _to, ...kept } = field
    return { ...taking, ...kept }
  })
}

/** A name like the wish that no field has. */
export function freeFieldName(fields: readonly MapField[], wish: string): string {
  const taken = new Set(fields.map(({ to }) => to))
  if (!taken.has(wish)) return wish
  for (let number = 2; ; number++) if (!taken.has(`${wish}_${number}`)) return `${wish}_${number}`
}

export function withoutField(fields: readonly MapField[], place: number): readonly MapField[] {
  return fields.filter((_, index) => index !== place)
}

/** The field under another name; what it took by its old name it goes on taking. A name that is taken changes nothing. */
export function withName(fields: readonly MapField[], place: number, to: string): readonly MapField[] {
  if (to === '' || fields.some((field, index) => index !== place && field.to === to)) return fields
  return fields.map((field, index) => {
    if (index !== place) return field
    const source = sourceOf(field)
    const { from: _, ...others } = field
    return source === undefined || source === to ? { ...others, to } : { ...others, to, from: source }
  })
}

/** Parts set to undefined are taken out. */
export function withParts(
  fields: readonly MapField[],
  place: number,
  parts: { readonly [Part in keyof MapField]?: MapField[Part] | undefined },
): readonly MapField[] {
  return fields.map((field, index) => {
    if (index !== place) return field
    const entries = Object.entries({ ...field, ...parts }).filter(([, value]) => value !== undefined)
    return { to: field.to, ...Object.fromEntries(entries) }
  })
}

/** The field one or more places further; it stops at either end. */
export function withMoved(fields: readonly MapField[], place: number, by: number): readonly MapField[] {
  const field = fields[place]
  const to = Math.min(fields.length - 1, Math.max(0, place + by))
  if (field === undefined || to === place) return fields
  return withoutField(fields, place).toSpliced(to, 0, field)
}

export interface WantedColumn {
  readonly name: string
  readonly isRequired: boolean
}

/** Columns of the target that no field gives; those that may not be NULL first. Names are compared as DuckDB does. */
export function missingColumns(wanted: readonly Column[], given: readonly string[]): readonly WantedColumn[] {
  const has = new Set(given.map((name) => name.toLowerCase()))
  return wanted
    .filter(({ name, hidden }) => hidden !== true && !has.has(name.toLowerCase()))
    .map(({ name, nullable }) => ({ name, isRequired: nullable === false }))
    .toSorted((one, other) => Number(other.isRequired) - Number(one.isRequired))
}
