import { cellCount } from '../../contract/cell-text.ts'
import { Failure } from '../../contract/failure.ts'
import type { Rule } from '../../contract/rule.ts'
import { findColumn } from '../../pipeline/names.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import { both, compileScope, countOf, type Measure, type MeasureScope } from '../rule-measure.ts'

/** Every value stands in the other dataset. Rows with NULL in a column are not asked about. */
export function measureForeignKey(rule: Extract<Rule, { check: 'foreign_key' }>, over: MeasureScope): Measure {
  const { input, where, done } = compileScope(rule, over)
  const names = rule.columns.map((name, i) => input.column(`columns.${i}`, name).name)
  done()
  const reference = over.reference(rule.references.dataset)
  if (reference === undefined)
    throw new Failure('rule.reference_missing', { rule: rule.check, dataset: rule.references.dataset })
  if (rule.references.columns.length !== names.length) {
    throw new Failure('rule.invalid', { field: 'references.columns', reason: `needs ${names.length} columns` })
  }
  const targets = rule.references.columns.map((name, i) => {
    const column = findColumn(reference.columns, name)
    if (column !== undefined) return column.name
    const reason = `${rule.references.dataset} has no column ${name}`
    throw new Failure('rule.invalid', { field: `references.columns.${i}`, reason })
  })
  const known = both(where, allKnown(names))
  const targetKnown = allKnown(targets)
  const broken = both(
    known,
    sql`NOT (${tuple(names)} IN (SELECT ${tuple(targets)} FROM ${reference.relation} WHERE ${targetKnown}))`,
  )
  return asked(names, known, broken)
}

export function measureInList(rule: Extract<Rule, { check: 'in_list' }>, over: MeasureScope): Measure {
  const { input, where, done } = compileScope(rule, over)
  const { name } = input.column('column', rule.column)
  done()
  const list = over.codeList(rule.list)
  if (list === undefined)
    throw new Failure('rule.invalid', { field: 'list', reason: `there is no code list ${rule.list}` })
  const known = both(where, sql`${id(name)} IS NOT NULL`)
  const broken = both(known, sql`NOT (CAST(${id(name)} AS VARCHAR) IN (SELECT "value" FROM ${list}))`)
  return asked([name], known, broken)
}

function asked(names: readonly string[], known: Sql, broken: Sql): Measure {
  return {
    columns: names,
    scan: [countOf(known), countOf(broken)],
    judge: ([checked, violations]) => ({ checked: cellCount(checked), violations: cellCount(violations) }),
    rows: () => ({
      broken,
      isWindow: false,
      value: sql`concat_ws(', ', ${join(names.map((name) => sql`CAST(${id(name)} AS VARCHAR)`))})`,
    }),
  }
}

function tuple(names: readonly string[]): Sql {
  const list = join(names.map((name) => id(name)))
  return names.length === 1 ? list : sql`(${list})`
}

function allKnown(names: readonly string[]): Sql {
  return join(
    names.map((name) => sql`${id(name)} IS NOT NULL`),
    ' AND ',
  )
}
