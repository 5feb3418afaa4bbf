import type { ColumnProfile } from '../../contract/profile/column-profile.ts'
import type { Finding, FindingCode, RuleProposal } from '../../contract/profile/finding.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import { duckDialect } from '../../sql/dialects.ts'
import { printSql, type Sql } from '../../sql/sql.ts'

/** A profile before its findings. */
export type Unjudged = Omit<Profile, 'version' | 'findings'>

/** What every column is judged with. */
export interface Judged {
  readonly column: ColumnProfile
  readonly profile: Unjudged
}

type Given = Pick<Finding, 'harm' | 'evidence'> &
  Partial<Pick<Finding, 'parameters' | 'examples' | 'fix' | 'mask'>> & {
    readonly condition?: Sql
    readonly rule?: Omit<RuleProposal, 'evidence'> & { readonly violations?: number }
  }

/** A finding about columns; what is not said is empty. */
export function finding(code: FindingCode, columns: readonly string[], given: Given): Finding {
  const { condition, rule, fix } = given
  return {
    code,
    harm: given.harm,
    columns: [...columns],
    evidence: given.evidence,
    parameters: given.parameters ?? {},
    examples: given.examples ?? [],
    mask: given.mask ?? false,
    ...(condition === undefined ? {} : { condition: printSql(condition, duckDialect) }),
    ...(rule === undefined ? {} : { rule: proposal(rule, given.evidence) }),
    ...(fix === undefined ? {} : { fix }),
  }
}

function proposal(
  { violations, ...rule }: NonNullable<Given['rule']>,
  { count, rows }: Finding['evidence'],
): RuleProposal {
  return { ...rule, evidence: { violations: violations ?? count, rows } }
}

/** Evidence from every row that was read. */
export function inAllRows({ scope }: Unjudged, count: number): Finding['evidence'] {
  return { count, rows: scope.rows, isSample: !scope.isWhole }
}

/** Evidence from the rows that detail was found in. */
export function inDetail({ basis }: Unjudged, count: number): Finding['evidence'] {
  return { count, rows: basis.rows, isSample: basis.isSample }
}

/** A `map` node that replaces one column by an expression and keeps the others. */
export function replaced(column: string, expression: Sql): NonNullable<Finding['fix']> {
  const expr = printSql(expression, duckDialect)
  return { node: 'map', config: { fields: [{ to: column, expr }], rest: 'keep' } }
}
