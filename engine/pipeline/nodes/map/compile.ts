import { id, join, type Sql, sql } from '../../../sql/sql.ts'
import type { ColumnOrigin } from '../../compiled.ts'
import { computedFrom, direct } from '../../lineage-of-node.ts'
import { duplicateName, foldName, visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { scalar } from '../../scalar.ts'
import { as, hiddenColumns } from '../../select-list.ts'
import type { MapConfig, MapField } from './config.ts'

/**
 * One output row per input row. Columns: `fields` in their order, then with `rest: keep` every input column that no field
 * takes (`from`) or replaces (`to`), then hidden ones.
 */
export function compileMap(compile: CompileInput<MapConfig>): NodeOutput[] {
  const { config, input, report } = compile
  const fields = config.fields.map((field, i) => compileField(compile, field, `fields.${i}`))
  const taken = new Set(config.fields.flatMap(({ to, from }) => [to, from ?? to]).map(foldName))
  const rest = config.rest === 'keep' ? visible(input.columns).filter(({ name }) => !taken.has(foldName(name))) : []
  const twice = duplicateName(config.fields.map(({ to }) => to))
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'fields', name: twice } })
  const list = [
    ...fields.map(({ value, to }) => as(value, to)),
    ...rest.map(({ name }) => id(name)),
    ...hiddenColumns(input.columns),
  ]
  return [
    {
      name: 'out',
      relation: sql`SELECT ${join(list)} FROM ${input.sql}`,
      lineage: { columns: new Map(fields.map(({ to, origins }) => [to, origins])), influences: [] },
    },
  ]
}

interface CompiledField {
  readonly to: string
  readonly value: Sql
  readonly origins: readonly ColumnOrigin[]
}

function compileField(compile: CompileInput<MapConfig>, field: MapField, path: string): CompiledField {
  const { value, origins } = fieldValue(compile, field, path)
  const type = field.type === undefined ? undefined : compile.type(`${path}.type`, field.type)
  const cast = field.onError === 'null' ? sql`TRY_CAST` : sql`CAST`
  const typed = type === undefined ? value : sql`${cast}(${value} AS ${type})`
  const isChanged = field.type !== undefined || field.default !== undefined
  return {
    to: field.to,
    value: field.default === undefined ? typed : sql`COALESCE(${typed}, ${scalar(field.default)})`,
    origins: isChanged ? origins.map((origin) => ({ ...origin, kind: 'expression' })) : origins,
  }
}

function fieldValue(
  { input, expression, column }: CompileInput<MapConfig>,
  field: MapField,
  path: string,
): { value: Sql; origins: ColumnOrigin[] } {
  if (field.value !== undefined) return { value: scalar(field.value), origins: [] }
  if (field.expr !== undefined) {
    const { sql: value, references } = expression(`${path}.expr`, field.expr)
    return { value, origins: computedFrom(input, references) }
  }
  const place = field.from === undefined ? `${path}.to` : `${path}.from`
  const { name } = column(place, field.from ?? field.to)
  return { value: id(name), origins: direct(input, name) }
}
