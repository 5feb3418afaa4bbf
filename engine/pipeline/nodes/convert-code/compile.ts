import { REJECT_COLUMNS } from '../../../contract/reject.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { computedFrom, influencedBy } from '../../lineage-of-node.ts'
import { foldName, visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { rejectRow } from '../../reject-row.ts'
import { as, hiddenColumns } from '../../select-list.ts'
import type { ConvertCodeConfig } from './config.ts'

export function convertCodeOutputs({ unmatched }: ConvertCodeConfig): string[] {
  return unmatched === 'reject' ? ['out', 'rejects'] : ['out']
}

/**
 * Input columns with the converted one (VARCHAR) in the place of the codes, or after the others when it has a name of its own.
 * With `unmatched: reject`, `rejects` has the rows whose code is not listed.
 */
export function compileConvertCode(compile: CompileInput<ConvertCodeConfig>): NodeOutput[] {
  const { config, input, column, report } = compile
  const { name } = column('column', config.column)
  const to = config.to ?? name
  const shown = visible(input.columns)
  const isNew = foldName(to) !== foldName(name)
  if (isNew && shown.some((other) => foldName(other.name) === foldName(to))) {
    report({ code: 'node.duplicate_name', detail: { field: 'to', name: to } })
  }
  if (config.unmatched === 'default' && config.default === undefined) {
    report({
      code: 'node.config_invalid',
      detail: { field: 'default', reason: `unmatched ${config.unmatched} needs a default` },
    })
  }
  const text = sql`CAST(${id(name)} AS VARCHAR)`
  const converted = as(conversion(config, text), to)
  const kept = shown.map((one) => (!isNew && one.name === name ? converted : id(one.name)))
  const list = join([...kept, ...(isNew ? [converted] : []), ...hiddenColumns(input.columns)])
  const rejects = config.unmatched === 'reject'
  const known = join(Object.keys(config.codes).map((code) => literal(code)))
  const broken = sql`COALESCE(${text} NOT IN (${known}), false)`
  const influences = rejects ? influencedBy(input, [name], 'filter') : []
  const out: NodeOutput = {
    name: 'out',
    relation: sql`SELECT ${list} FROM ${input.sql}${rejects ? sql` WHERE NOT ${broken}` : sql``}`,
    lineage: { columns: new Map([[to, computedFrom(input, [name])]]), influences },
  }
  if (!rejects) return [out]
  const all = shown.map((one) => one.name)
  const parts = {
    rule: literal(config.list === undefined ? 'code' : `code.${config.list}`),
    column: literal(name),
    value: text,
    reason: literal(`${name} has no code for this value`),
  }
  return [
    out,
    {
      name: 'rejects',
      relation: sql`SELECT ${rejectRow(input.columns, parts)} FROM ${input.sql} WHERE ${broken}`,
      lineage: { columns: new Map(REJECT_COLUMNS.map((one) => [one, computedFrom(input, all)])), influences },
    },
  ]
}

function conversion({ codes, unmatched, default: fallback }: ConvertCodeConfig, text: Sql): Sql {
  const cases = Object.entries(codes).map(([from, code]) => sql` WHEN ${literal(from)} THEN ${literal(code)}`)
  const rest = {
    reject: sql``,
    null: sql``,
    keep: sql` ELSE ${text}`,
    // NULL is no unmatched value.
    default: sql` ELSE CASE WHEN ${text} IS NOT NULL THEN ${literal(fallback ?? '')} END`,
  }
  return sql`CASE ${text}${join(cases, '')}${rest[unmatched]} END`
}
