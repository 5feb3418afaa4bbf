import type { RowRule } from '../../contract/rule.ts'
import { MEANING_FUNCTION } from '../../sql/row-functions.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { CompileInput } from '../node-kind.ts'
import { type Scalar, scalar } from '../scalar.ts'
import { patternExpression } from './pattern-expression.ts'

/** What a rule is compiled with: columns, expressions and types of a relation, checked; problems are gathered. */
export type RuleScope = Pick<CompileInput<unknown>, 'column' | 'expression' | 'type' | 'report'> & {
  /** Narrows down what must be asked about its meaning, where that is known in SQL. */
  readonly meansPerhaps?: (type: string, text: Sql) => Sql
}

export interface CompiledRule {
  readonly name: string
  readonly severity: RowRule['severity']
  /** True for a row that breaks the rule, else false; never NULL. */
  readonly broken: Sql
  /** The same without regard to NULL, which passes: `NOT holds` is true for a row that breaks it, and quicker to count. */
  readonly holds?: Sql
  /** Whether `broken` looks at other rows and so may stand in QUALIFY only. */
  readonly isWindow: boolean
  readonly column: string | undefined
  /** The offending value as text. */
  readonly value: Sql
  readonly reason: string
  readonly references: readonly string[]
}

type Checked = Pick<CompiledRule, 'broken' | 'holds' | 'reason'>
type ColumnRule = Exclude<RowRule, { check: 'unique' | 'functional_dependency' | 'expression' }>

/** @param field where the rule stands, for problems */
export function compileRowRule(compile: RuleScope, rule: RowRule, field: string): CompiledRule {
  if (rule.check === 'unique') return uniqueRule(compile, rule, field)
  if (rule.check === 'functional_dependency') return dependencyRule(compile, rule, field)
  if (rule.check === 'expression') return expressionRule(compile, rule, field)
  const { name } = compile.column(`${field}.column`, rule.column)
  return {
    ...checkOf(compile, rule, { column: id(name), field }),
    name: rule.name ?? `${name}.${rule.check}`,
    severity: rule.severity,
    isWindow: false,
    column: name,
    value: textOf(name),
    references: [name],
  }
}

function checkOf(compile: RuleScope, rule: ColumnRule, at: { column: Sql; field: string }): Checked {
  const { column, field } = at
  switch (rule.check) {
    case 'not_null':
      return { broken: sql`(${column} IS NULL)`, reason: 'is NULL' }
    case 'not_blank':
      return {
        broken: blank(sql`CAST(${column} AS VARCHAR)`),
        reason: 'is blank',
      }
    case 'accepted':
      return {
        ...failing(sql`${column} IN (${join(rule.values.map(scalar))})`),
        reason: `is not one of ${rule.values.map(String).join(', ')}`,
      }
    case 'range':
      return rangeRule(compile, rule, at)
    case 'length':
      return {
        ...failing(lengthBetween(sql`CAST(${column} AS VARCHAR)`, rule)),
        reason: `has a length outside ${bounds(rule.min, rule.max)}`,
      }
    case 'regex':
      return {
        ...failing(sql`regexp_full_match(CAST(${column} AS VARCHAR), ${literal(rule.pattern)})`),
        reason: `does not match ${rule.pattern}`,
      }
    case 'pattern':
      return {
        ...failing(sql`regexp_full_match(CAST(${column} AS VARCHAR), ${literal(patternExpression(rule.pattern))})`),
        reason: `does not look like ${rule.pattern}`,
      }
    case 'semantic':
      return semanticRule(compile, rule.type, column)
    case 'type': {
      const type = compile.type(`${field}.type`, rule.type)
      return {
        broken: sql`(${column} IS NOT NULL AND TRY_CAST(${column} AS ${type}) IS NULL)`,
        reason: `is not a ${rule.type}`,
      }
    }
  }
}

function semanticRule({ meansPerhaps }: RuleScope, type: string, column: Sql): Checked {
  const text = sql`trim(CAST(${column} AS VARCHAR))`
  const means = sql`${trusted(MEANING_FUNCTION)}(${literal(type)}, ${text})`
  const narrowed =
    meansPerhaps === undefined ? means : sql`CASE WHEN ${meansPerhaps(type, text)} THEN ${means} ELSE false END`
  return { broken: sql`(COALESCE(${text}, '') <> '' AND NOT (${narrowed}))`, reason: `is no ${type}` }
}

function dependencyRule(
  { column }: RuleScope,
  rule: Extract<RowRule, { check: 'functional_dependency' }>,
  field: string,
): CompiledRule {
  const { name } = column(`${field}.column`, rule.column)
  const by = rule.by.map((other, i) => column(`${field}.by.${i}`, other).name)
  const group = join(by.map((other) => id(other)))
  const known = join(
    by.map((other) => sql`${id(other)} IS NOT NULL`),
    ' AND ',
  )
  return {
    name: rule.name ?? `${name}.functional_dependency`,
    severity: rule.severity,
    broken: sql`(${known} AND COALESCE(min(${id(name)}) OVER (PARTITION BY ${group}) <> max(${id(name)}) OVER (PARTITION BY ${group}), false))`,
    isWindow: true,
    column: name,
    value: textOf(name),
    reason: `differs among rows of the same ${by.join(', ')}`,
    references: [name, ...by],
  }
}

function rangeRule(
  { report }: RuleScope,
  { min, max }: Extract<RowRule, { check: 'range' }>,
  { column, field }: { column: Sql; field: string },
): Checked {
  if (min === undefined && max === undefined) {
    report({ code: 'node.config_invalid', detail: { field, reason: 'a range needs min or max' } })
  }
  return { ...failing(between(column, min, max)), reason: `is outside ${bounds(min, max)}` }
}

function uniqueRule({ column }: RuleScope, rule: Extract<RowRule, { check: 'unique' }>, field: string): CompiledRule {
  const names = rule.columns.map((name, i) => column(`${field}.columns.${i}`, name).name)
  const known = join(
    names.map((name) => sql`${id(name)} IS NOT NULL`),
    ' AND ',
  )
  return {
    name: rule.name ?? `${names.join('+')}.unique`,
    severity: rule.severity,
    broken: sql`(${known} AND count(*) OVER (PARTITION BY ${join(names.map((name) => id(name)))}) > 1)`,
    isWindow: true,
    column: names.join(', '),
    value: sql`concat_ws(', ', ${join(names.map(textOf))})`,
    reason: 'occurs more than once',
    references: names,
  }
}

function expressionRule(
  { expression, column }: RuleScope,
  rule: Extract<RowRule, { check: 'expression' }>,
  field: string,
): CompiledRule {
  const { sql: condition, references } = expression(`${field}.expr`, rule.expr, { decides: true })
  const shown = rule.column === undefined ? references[0] : column(`${field}.column`, rule.column).name
  return {
    name: rule.name ?? 'expression',
    severity: rule.severity,
    ...failing(condition),
    isWindow: false,
    column: shown,
    value: shown === undefined ? sql`CAST(NULL AS VARCHAR)` : textOf(shown),
    reason: `fails ${rule.expr}`,
    references,
  }
}

/** Broken where the condition is false; a NULL condition passes. */
function failing(condition: Sql): Pick<CompiledRule, 'broken' | 'holds'> {
  return { broken: sql`COALESCE(NOT (${condition}), false)`, holds: condition }
}

/** No text has more characters than bytes, and its bytes are known without reading it. */
function lengthBetween(text: Sql, { min, max }: Pick<Extract<RowRule, { check: 'length' }>, 'min' | 'max'>): Sql {
  const length = sql`length(${text})`
  if (max === undefined || min !== undefined) return between(length, min, max)
  return sql`CASE WHEN strlen(${text}) <= ${literal(max)} THEN true ELSE ${length} <= ${literal(max)} END`
}

/** The ideographic and the no-break space are blank to a person. The first character tells most texts; trimming takes far longer. */
function blank(text: Sql): Sql {
  const trimmed = sql`trim(${text}, ${literal(' \t\r\n\u00a0\u3000')})`
  return sql`(${text} IS NULL OR CASE WHEN ${text} BETWEEN '!' AND '~' THEN false WHEN unicode(${text}) IN (-1, 9, 10, 13, 32, 160, 12288) THEN ${trimmed} = '' ELSE false END)`
}

function textOf(name: string): Sql {
  return sql`CAST(${id(name)} AS VARCHAR)`
}

/** Whether a value lies within bounds, of which one may be missing. */
export function between(value: Sql, min: Scalar | undefined, max: Scalar | undefined): Sql {
  const conditions = [
    ...(min === undefined ? [] : [sql`${value} >= ${scalar(min)}`]),
    ...(max === undefined ? [] : [sql`${value} <= ${scalar(max)}`]),
  ]
  return conditions.length === 0 ? sql`true` : join(conditions, ' AND ')
}

function bounds(min: Scalar | undefined, max: Scalar | undefined): string {
  if (min === undefined) return `at most ${String(max)}`
  return max === undefined ? `at least ${String(min)}` : `${String(min)} to ${String(max)}`
}
