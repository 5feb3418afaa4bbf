import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { ColumnOrigin } from '../../compiled.ts'
import { type KeyPair, keyPairs, keysMeet } from '../../join-keys.ts'
import { computedFrom, direct, influencedBy } from '../../lineage-of-node.ts'
import { duplicateName, findColumn, foldName, visible } from '../../names.ts'
import type { CompileInput, InputRelation, NodeOutput } from '../../node-kind.ts'
import { as } from '../../select-list.ts'
import type { CompareConfig } from './config.ts'

export const COMPARE_OUTPUTS = ['new', 'changed', 'deleted', 'same'] as const

interface Compared {
  readonly old: InputRelation
  readonly new: InputRelation
  readonly keys: readonly KeyPair[]
  readonly columns: readonly { readonly old: string; readonly new: string }[]
}

/**
 * `new` and `same` have the columns of the new input, `deleted` those of the old one. `changed` has the keys, `old_x` and
 * `new_x` for each compared column, and `changed_columns`, the names of those that differ. NULL equals NULL.
 */
export function compileCompare(compile: CompileInput<CompareConfig>): NodeOutput[] {
  const { inputs, input } = compile
  const compared: Compared = {
    old: input,
    new: inputs[1] ?? input,
    keys: keyPairs(compile, 'keys', compile.config.keys),
    columns: comparedColumns(compile),
  }
  const { old, new: now, keys } = compared
  const meet = keysMeet(keys, true)
  const differ = compared.columns.map((column) => sql`${id('l', column.old)} IS DISTINCT FROM ${id('r', column.new)}`)
  const anyDiffers = differ.length === 0 ? sql`false` : join(differ, ' OR ')
  const both = sql`FROM ${now.sql} AS r JOIN ${old.sql} AS l ON ${meet}`
  const influences = keyInfluences(compared)
  return [
    {
      name: 'new',
      relation: sql`SELECT r.* FROM ${now.sql} AS r ANTI JOIN ${old.sql} AS l ON ${meet}`,
      lineage: { columns: originsOf(now), influences },
    },
    changedOutput(compile, compared, sql`${both} WHERE ${anyDiffers}`),
    {
      name: 'deleted',
      relation: sql`SELECT l.* FROM ${old.sql} AS l ANTI JOIN ${now.sql} AS r ON ${meet}`,
      lineage: { columns: originsOf(old), influences },
    },
    {
      name: 'same',
      relation: sql`SELECT r.* ${both} WHERE NOT (${anyDiffers})`,
      lineage: { columns: originsOf(now), influences: matchInfluences(compared) },
    },
  ]
}

type Influences = NodeOutput['lineage']['influences']

function keyInfluences({ old, new: now, keys }: Compared): Influences {
  const [left, right] = [keys.map((key) => key.left), keys.map((key) => key.right)]
  return [...influencedBy(old, left, 'join_key'), ...influencedBy(now, right, 'join_key')]
}

/** Of rows that are in both: which ones also depends on every compared column. */
function matchInfluences(compared: Compared): Influences {
  const { old, new: now, columns } = compared
  return [
    ...keyInfluences(compared),
    ...influencedBy(
      old,
      columns.map((column) => column.old),
      'filter',
    ),
    ...influencedBy(
      now,
      columns.map((column) => column.new),
      'filter',
    ),
  ]
}

function originsOf(side: InputRelation): Map<string, ColumnOrigin[]> {
  return new Map(visible(side.columns).map(({ name }) => [name, direct(side, name)]))
}

function changedOutput({ report }: CompileInput<CompareConfig>, compared: Compared, from: Sql): NodeOutput {
  const { old, new: now, keys, columns } = compared
  const pieces = [
    ...keys.map(({ right }) => ({ to: right, value: id('r', right), origins: direct(now, right) })),
    ...columns.flatMap((column) => [
      { to: `old_${column.new}`, value: id('l', column.old), origins: direct(old, column.old) },
      { to: `new_${column.new}`, value: id('r', column.new), origins: direct(now, column.new) },
    ]),
  ]
  const twice = duplicateName([...pieces.map(({ to }) => to), 'changed_columns'])
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'columns', name: twice } })
  const differing = columns.map(
    (column) =>
      sql`CASE WHEN ${id('l', column.old)} IS DISTINCT FROM ${id('r', column.new)} THEN ${literal(column.new)} END`,
  )
  const changed = sql`list_filter(CAST([${join(differing)}] AS VARCHAR[]), lambda name: name IS NOT NULL)`
  const hidden = now.columns.filter((column) => column.hidden === true).map(({ name }) => id('r', name))
  const list = [...pieces.map(({ value, to }) => as(value, to)), as(changed, 'changed_columns'), ...hidden]
  const oldOnes = columns.map((column) => column.old)
  const newOnes = columns.map((column) => column.new)
  const allCompared = [...computedFrom(old, oldOnes), ...computedFrom(now, newOnes)]
  const origins = new Map<string, ColumnOrigin[]>(pieces.map((piece) => [piece.to, piece.origins]))
  origins.set('changed_columns', allCompared)
  return {
    name: 'changed',
    relation: sql`SELECT ${join(list)} ${from}`,
    lineage: { columns: origins, influences: matchInfluences(compared) },
  }
}

function comparedColumns({ config, inputs, input, column }: CompileInput<CompareConfig>): Compared['columns'] {
  const keys = new Set(config.keys.map(foldName))
  const now = visible(inputs[1]?.columns ?? [])
  if (config.columns === undefined) {
    return visible(input.columns).flatMap(({ name }) => {
      const other = keys.has(foldName(name)) ? undefined : findColumn(now, name)
      return other === undefined ? [] : [{ old: name, new: other.name }]
    })
  }
  return config.columns.map((name, i) => ({
    old: column(`columns.${i}`, name, 0).name,
    new: column(`columns.${i}`, name, 1).name,
  }))
}
