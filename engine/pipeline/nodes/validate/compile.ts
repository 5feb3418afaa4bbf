import { REJECT_COLUMNS } from '../../../contract/reject.ts'
import { join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { computedFrom, influencedBy, passedThrough } from '../../lineage-of-node.ts'
import { visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { rejectRow } from '../../reject-row.ts'
import { type CompiledRule, compileRowRule } from '../../rules/row-rule.ts'
import type { ValidateConfig } from './config.ts'

export const VALIDATE_OUTPUTS = ['out', 'valid', 'rejects', 'warnings'] as const

/**
 * `out`, also called `valid`: the rows that break no rule of severity error. `rejects`: each other row once, with the first
 * rule it breaks and all reasons. `warnings`: in the same form, rows that break a rule of severity warning.
 */
export function compileValidate(compile: CompileInput<ValidateConfig>): NodeOutput[] {
  const { config, input } = compile
  const rules = config.rules.map((rule, i) => compileRowRule(compile, rule, `rules.${i}`))
  const errors = rules.filter(({ severity }) => severity === 'error')
  const warnings = rules.filter(({ severity }) => severity === 'warning')
  const influences = influencedBy(
    input,
    errors.flatMap(({ references }) => references),
    'filter',
  )
  const isBroken = anyBroken(errors)
  const keeps = errors.length === 0 ? sql`` : sql` ${where(errors)} NOT (${isBroken})`
  const valid = sql`SELECT * FROM ${input.sql}${keeps}`
  return [
    { name: 'out', relation: valid, lineage: passedThrough(influences) },
    { name: 'valid', relation: valid, lineage: passedThrough(influences) },
    { name: 'rejects', ...reported(compile, errors) },
    { name: 'warnings', ...reported(compile, warnings) },
  ]
}

function reported({ input }: CompileInput<ValidateConfig>, rules: readonly CompiledRule[]): Omit<NodeOutput, 'name'> {
  const list = rejectRow(input.columns, {
    rule: firstBroken(rules, ({ name }) => literal(name)),
    column: firstBroken(rules, ({ column }) => literal(column ?? null)),
    value: firstBroken(rules, ({ value }) => value),
    reason: allReasons(rules),
  })
  const all = visible(input.columns).map(({ name }) => name)
  return {
    relation: sql`SELECT ${list} FROM ${input.sql} ${where(rules)} ${anyBroken(rules)}`,
    lineage: {
      columns: new Map(REJECT_COLUMNS.map((name) => [name, computedFrom(input, name === 'locator' ? [] : all)])),
      influences: influencedBy(
        input,
        rules.flatMap(({ references }) => references),
        'filter',
      ),
    },
  }
}

function where(rules: readonly CompiledRule[]): Sql {
  return rules.some(({ isWindow }) => isWindow) ? sql`QUALIFY` : sql`WHERE`
}

function anyBroken(rules: readonly CompiledRule[]): Sql {
  return rules.length === 0
    ? sql`false`
    : join(
        rules.map(({ broken }) => broken),
        ' OR ',
      )
}

function firstBroken(rules: readonly CompiledRule[], part: (rule: CompiledRule) => Sql): Sql {
  const cases = rules.map((rule) => sql` WHEN ${rule.broken} THEN ${part(rule)}`)
  return cases.length === 0 ? sql`CAST(NULL AS VARCHAR)` : sql`CAST(CASE${join(cases, '')} END AS VARCHAR)`
}

function allReasons(rules: readonly CompiledRule[]): Sql {
  const reasons = rules.map((rule) => {
    const text = rule.column === undefined ? rule.reason : `${rule.column} ${rule.reason}`
    return sql`CASE WHEN ${rule.broken} THEN ${literal(text)} END`
  })
  return reasons.length === 0 ? sql`CAST(NULL AS VARCHAR)` : sql`concat_ws('; ', ${join(reasons)})`
}
