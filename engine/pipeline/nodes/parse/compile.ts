import { REJECT_COLUMNS } from '../../../contract/reject.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { computedFrom, influencedBy } from '../../lineage-of-node.ts'
import { duplicateName, foldName, visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { rejectRow } from '../../reject-row.ts'
import { as, hiddenColumns } from '../../select-list.ts'
import type { ParseConfig } from './config.ts'
import { type CompiledField, compileField } from './field.ts'

/**
 * `out`: rows of which every text fits; a parsed column replaces the text or, with `to`, follows the others. `rejects`: the
 * other rows, each once, with the first text that does not fit.
 */
export function compileParse(compile: CompileInput<ParseConfig>): NodeOutput[] {
  const { config, input, report } = compile
  const fields = config.fields.map((field, i) => compileField(compile, field, `fields.${i}`))
  const twice = duplicateName(fields.map(({ to }) => to))
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'fields', name: twice } })
  const shown = visible(input.columns)
  const replaced = new Map(fields.map((field) => [foldName(field.to), field]))
  const kept = shown.map(({ name }) => {
    const field = replaced.get(foldName(name))
    return field === undefined ? id(name) : as(field.parsed, name)
  })
  const existing = new Set(shown.map(({ name }) => foldName(name)))
  const added = fields.filter(({ to }) => !existing.has(foldName(to))).map(({ parsed, to }) => as(parsed, to))
  const isBroken = join(
    fields.map(({ broken }) => broken),
    ' OR ',
  )
  const influences = influencedBy(
    input,
    fields.map(({ column }) => column),
    'filter',
  )
  const names = shown.map(({ name }) => name)
  return [
    {
      name: 'out',
      relation: sql`SELECT ${join([...kept, ...added, ...hiddenColumns(input.columns)])} FROM ${input.sql} WHERE NOT (${isBroken})`,
      lineage: { columns: new Map(fields.map(({ to, column }) => [to, computedFrom(input, [column])])), influences },
    },
    {
      name: 'rejects',
      relation: sql`SELECT ${rejects(compile, fields)} FROM ${input.sql} WHERE ${isBroken}`,
      lineage: { columns: new Map(REJECT_COLUMNS.map((name) => [name, computedFrom(input, names)])), influences },
    },
  ]
}

function rejects({ input }: CompileInput<ParseConfig>, fields: readonly CompiledField[]): Sql {
  const first = (part: (field: CompiledField) => Sql): Sql => {
    return sql`CASE${join(
      fields.map((field) => sql` WHEN ${field.broken} THEN ${part(field)}`),
      '',
    )} END`
  }
  return rejectRow(input.columns, {
    rule: first(({ type }) => literal(`type.${type}`)),
    column: first(({ column }) => literal(column)),
    value: first(({ column }) => sql`CAST(${id(column)} AS VARCHAR)`),
    reason: first(({ column, type }) => literal(`${column} cannot be read as ${type}`)),
  })
}
