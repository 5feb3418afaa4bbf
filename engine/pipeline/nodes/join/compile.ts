import type { Column } from '../../../contract/column.ts'
import { id, join, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { ColumnOrigin, OutputLineage } from '../../compiled.ts'
import { type KeyPair, keyPairs, keysMeet } from '../../join-keys.ts'
import { direct, influencedBy } from '../../lineage-of-node.ts'
import { duplicateName, findColumn, foldName, visible } from '../../names.ts'
import type { CompileInput, InputRelation, NodeOutput } from '../../node-kind.ts'
import { as } from '../../select-list.ts'
import type { JoinConfig } from './config.ts'

const NO_INPUT: Pick<InputRelation, 'sql' | 'columns' | 'ref'> = {
  ref: { node: '', output: 'out' },
  sql: sql``,
  columns: [],
}

interface OutputColumn {
  readonly name: string
  readonly value: Sql
  readonly origins: readonly ColumnOrigin[]
}

/**
 * `semi` and `anti` give the left columns. Otherwise: the left columns, then the right ones except keys of the same name, which
 * appear once (in right and full joins with the value of the side that has one). Columns of the same name get the suffixes.
 * The hidden columns are the left's. A NULL key meets nothing unless `nullsEqual`.
 */
export function compileJoin(compile: CompileInput<JoinConfig>): NodeOutput[] {
  const { config, report, inputs } = compile
  const [left = NO_INPUT, right = NO_INPUT] = inputs
  const pairs = keyPairs(compile, 'on', config.on)
  if (config.how !== 'cross' && pairs.length === 0) {
    report({ code: 'node.keys_missing', detail: { field: 'on', reason: `a ${config.how} join needs keys` } })
  }
  if (config.how === 'cross' && pairs.length > 0) {
    report({ code: 'node.config_invalid', detail: { field: 'on', reason: 'a cross join has no keys' } })
  }
  const influences = [
    ...influencedBy(
      left,
      pairs.map((pair) => pair.left),
      'join_key',
    ),
    ...influencedBy(
      right,
      pairs.map((pair) => pair.right),
      'join_key',
    ),
  ]
  const condition = pairs.length === 0 ? sql`` : sql` ON ${keysMeet(pairs, config.nullsEqual)}`
  const from = sql` FROM ${left.sql} AS l ${trusted(config.how.toUpperCase())} JOIN ${right.sql} AS r${condition}`
  if (config.how === 'semi' || config.how === 'anti') {
    return [{ name: 'out', relation: sql`SELECT l.*${from}`, lineage: { columns: new Map(), influences } }]
  }
  const columns = outputColumns({ config, left, right, pairs })
  const twice = duplicateName(columns.map(({ name }) => name))
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'suffixes', name: twice } })
  const hidden = left.columns.filter((column) => column.hidden === true).map(({ name }) => id('l', name))
  const lineage: OutputLineage = { columns: new Map(columns.map(({ name, origins }) => [name, origins])), influences }
  return [
    {
      name: 'out',
      relation: sql`SELECT ${join([...columns.map(({ value, name }) => as(value, name)), ...hidden])}${from}`,
      lineage,
    },
  ]
}

interface Sides {
  readonly config: JoinConfig
  readonly left: InputRelation
  readonly right: InputRelation
  readonly pairs: readonly KeyPair[]
}

function outputColumns({ config, left, right, pairs }: Sides): OutputColumn[] {
  const shared = new Map(pairs.filter(({ isShared }) => isShared).map((pair) => [foldName(pair.left), pair.right]))
  const rightOnes = visible(right.columns).filter(({ name }) => !shared.has(foldName(name)))
  const [leftSuffix, rightSuffix] = config.suffixes
  const fromLeft = visible(left.columns).map(({ name }): OutputColumn => {
    const other = shared.get(foldName(name))
    if (other === undefined) {
      return {
        name: clashing(rightOnes, name) ? name + leftSuffix : name,
        value: id('l', name),
        origins: direct(left, name),
      }
    }
    return { name, ...keyValue({ config, left, right, pairs }, name, other) }
  })
  const fromRight = rightOnes.map(({ name }): OutputColumn => {
    const clashes = findColumn(visible(left.columns), name) !== undefined
    return { name: clashes ? name + rightSuffix : name, value: id('r', name), origins: direct(right, name) }
  })
  return [...fromLeft, ...fromRight]
}

function keyValue(
  { config, left, right }: Sides,
  name: string,
  other: string,
): Pick<OutputColumn, 'value' | 'origins'> {
  const origins = [...direct(left, name), ...direct(right, other)]
  if (config.how === 'full') return { value: sql`COALESCE(${id('l', name)}, ${id('r', other)})`, origins }
  if (config.how === 'right') return { value: id('r', other), origins: direct(right, other) }
  return { value: id('l', name), origins: direct(left, name) }
}

function clashing(columns: readonly Column[], name: string): boolean {
  return findColumn(columns, name) !== undefined
}
