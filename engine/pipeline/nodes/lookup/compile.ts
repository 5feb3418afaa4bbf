import { REJECT_COLUMNS } from '../../../contract/reject.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { relationName } from '../../compiled.ts'
import { type KeyPair, keyPairs } from '../../join-keys.ts'
import { computedFrom, direct, influencedBy } from '../../lineage-of-node.ts'
import { duplicateName, findColumn, foldName, visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { compileOrder } from '../../order.ts'
import { rejectRow } from '../../reject-row.ts'
import { rowHash } from '../../row-hash.ts'
import { scalar } from '../../scalar.ts'
import { as, names } from '../../select-list.ts'
import type { LookupConfig } from './config.ts'

const MATCHES = '_runnel_matches'

interface Taken {
  readonly from: string
  readonly to: string
}

export function lookupOutputs({ noMatch, severalMatches }: LookupConfig): string[] {
  return noMatch === 'reject' || severalMatches === 'reject' ? ['out', 'rejects'] : ['out']
}

/**
 * Input columns, then the columns taken. A NULL key matches nothing. `first` is decided by `order`, ties by a hash of the row.
 * `fail` ends the run at the first such row; `reject` sends it to `rejects`; `all` gives a row for each match.
 */
export function compileLookup(compile: CompileInput<LookupConfig>): NodeOutput[] {
  const { config, input, inputs, report } = compile
  const from = inputs[1] ?? input
  const keys = keyPairs(compile, 'on', config.on)
  const taken = takenColumns(compile, keys)
  const twice = duplicateName([...visible(input.columns).map(({ name }) => name), ...taken.map(({ to }) => to)])
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'columns', name: twice } })
  const order = compileOrder(compile, 'order', config.order, 1)
  const matches = matchesOf(compile, keys, order.items)
  const on = join(
    keys.map(({ left }, i) => sql`${id('l', left)} = ${id('m', keyName(i))}`),
    ' AND ',
  )
  const joined = sql`${input.sql} AS l LEFT JOIN (${matches}) AS m ON ${on}`
  const values = taken.map(({ from: column, to }) => as(valueOf(config, column, to), to))
  const hidden = input.columns.filter((column) => column.hidden === true).map(({ name }) => id('l', name))
  const own = visible(input.columns).map(({ name }) => id('l', name))
  const influences = [
    ...influencedBy(
      input,
      keys.map(({ left }) => left),
      'join_key',
    ),
    ...influencedBy(from, [...keys.map(({ right }) => right), ...order.references], 'join_key'),
  ]
  const relation = sql`SELECT ${join([...own, ...values, ...hidden])} FROM ${joined}${conditionsOf(compile)}`
  const columns = new Map(taken.map((column) => [column.to, direct(from, column.from)]))
  const outputs: NodeOutput[] = [{ name: 'out', relation, lineage: { columns, influences } }]
  if (!lookupOutputs(config).includes('rejects')) return outputs
  const all = visible(input.columns).map(({ name }) => name)
  const rejected = sql`SELECT ${rejectsOf(compile, keys)} FROM (SELECT l.*, ${id('m', MATCHES)} FROM ${joined}) AS looked_up WHERE ${refusedBy(config)}`
  const origins = new Map(REJECT_COLUMNS.map((name) => [name, computedFrom(input, all)]))
  return [...outputs, { name: 'rejects', relation: rejected, lineage: { columns: origins, influences } }]
}

function takenColumns({ config, inputs, column }: CompileInput<LookupConfig>, keys: readonly KeyPair[]): Taken[] {
  if (config.columns !== undefined) {
    return config.columns.map((wanted, i) => {
      const name = typeof wanted === 'string' ? wanted : wanted.from
      const found = column(`columns.${i}`, name, 1).name
      return { from: found, to: typeof wanted === 'string' ? found : wanted.to }
    })
  }
  const keyNames = new Set(keys.map(({ right }) => foldName(right)))
  const others = visible(inputs[1]?.columns ?? []).filter(({ name }) => !keyNames.has(foldName(name)))
  return others.map(({ name }) => ({ from: name, to: name }))
}

/** The relation looked into: its columns, its keys under names of their own, and how many rows have the same key. */
function matchesOf(
  { config, inputs, input }: CompileInput<LookupConfig>,
  keys: readonly KeyPair[],
  order: Sql[] | readonly Sql[],
): Sql {
  const from = inputs[1] ?? input
  const partition = names(keys.map(({ right }) => right))
  const keyed = keys.map(({ right }, i) => as(id(right), keyName(i)))
  const known = sql`WHERE ${join(
    keys.map(({ right }) => sql`${id(right)} IS NOT NULL`),
    ' AND ',
  )}`
  const columns = visible(from.columns).map(({ name }) => id(name))
  if (config.severalMatches === 'all') {
    return sql`SELECT ${join([...columns, ...keyed])}, 1 AS ${id(MATCHES)} FROM ${from.sql} ${known}`
  }
  const counted = sql`count(*) OVER (PARTITION BY ${partition}) AS ${id(MATCHES)}`
  const first = sql`row_number() OVER (PARTITION BY ${partition} ORDER BY ${join([...order, rowHash(from.columns)])}) = 1`
  return sql`SELECT ${join([...columns, ...keyed])}, ${counted} FROM ${from.sql} ${known} QUALIFY ${first}`
}

function valueOf({ noMatch, defaults }: LookupConfig, from: string, to: string): Sql {
  const value = id('m', from)
  const fallback = Object.entries(defaults).find(([name]) => foldName(name) === foldName(to))
  if (noMatch !== 'default' || fallback === undefined) return value
  return sql`CASE WHEN ${id('m', MATCHES)} IS NULL THEN ${scalar(fallback[1])} ELSE ${value} END`
}

function conditionsOf({ config, node }: CompileInput<LookupConfig>): Sql {
  const count = id('m', MATCHES)
  const failing = (condition: Sql, what: string): Sql =>
    sql`CASE WHEN ${condition} THEN error(${literal(`node ${node}: ${what}`)}) ELSE true END`
  const conditions: Sql[] = []
  if (config.noMatch === 'reject') conditions.push(sql`${count} IS NOT NULL`)
  if (config.noMatch === 'fail') conditions.push(failing(sql`${count} IS NULL`, 'a row has no match'))
  if (config.severalMatches === 'reject') conditions.push(sql`COALESCE(${count}, 0) <= 1`)
  if (config.severalMatches === 'fail') conditions.push(failing(sql`${count} > 1`, 'a row has several matches'))
  return conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
}

function refusedBy({ noMatch, severalMatches }: LookupConfig): Sql {
  const conditions = [
    ...(noMatch === 'reject' ? [sql`${id(MATCHES)} IS NULL`] : []),
    ...(severalMatches === 'reject' ? [sql`${id(MATCHES)} > 1`] : []),
  ]
  return join(conditions, ' OR ')
}

function rejectsOf({ input, inputs }: CompileInput<LookupConfig>, keys: readonly KeyPair[]): Sql {
  const left = keys.map((key) => findColumn(input.columns, key.left)?.name ?? key.left)
  const texts = left.map((name) => sql`CAST(${id(name)} AS VARCHAR)`)
  const place = relationName((inputs[1] ?? input).ref)
  return rejectRow(input.columns, {
    rule: missing('lookup.no_match', 'lookup.several_matches'),
    column: literal(left.join(', ')),
    value: left.length === 1 ? join(texts) : sql`concat_ws(', ', ${join(texts)})`,
    reason: missing(`no row of ${place} has this key`, `several rows of ${place} have this key`),
  })
}

function missing(none: string, several: string): Sql {
  return sql`CASE WHEN ${id(MATCHES)} IS NULL THEN ${literal(none)} ELSE ${literal(several)} END`
}

function keyName(index: number): string {
  return `_runnel_key_${index + 1}`
}
