import type { CheckMark } from '../contract/check-result.ts'
import type { Column } from '../contract/column.ts'
import { type Failure, failureFromData } from '../contract/failure.ts'
import type { Cell } from '../contract/page.ts'
import type { CountedValue } from '../contract/profile/column-profile.ts'
import type { Rule } from '../contract/rule.ts'
import { nodeContext } from '../pipeline/node-context.ts'
import type { CompileInput, NodeProblem } from '../pipeline/node-kind.ts'
import type { RuleScope } from '../pipeline/rules/row-rule.ts'
import { SEMANTIC_TYPES } from '../profile/semantic/all.ts'
import { prefilterSql } from '../profile/semantic/semantic-type.ts'
import { id, type Sql, sql } from '../sql/sql.ts'

/** The relation that rules are about. */
export const DATA = 'data'

/** What a rule found. Violations of a rule about the whole dataset are 0 or 1, of 1 checked. */
export interface Verdict {
  readonly checked: bigint
  readonly violations: bigint
  readonly found?: string
  readonly wanted?: string
  /** Quantiles, to be compared with by later checks. */
  readonly shape?: readonly number[]
  /** Rows of each category, likewise. */
  readonly mix?: readonly CountedValue[]
}

/** Rows that break a rule, where rows can. */
export interface BrokenRows {
  /** Over `data`; never NULL. */
  readonly broken: Sql
  /** Whether it looks at other rows and so may stand in QUALIFY only. */
  readonly isWindow: boolean
  readonly value: Sql
}

/** What is known beside the rows. */
export interface MeasureFacts {
  readonly rowCount: bigint
  /** Milliseconds. */
  readonly now: number
  /** Earlier checks by the same rules, newest first. */
  readonly history: readonly CheckMark[]
  /** Runs a statement of its own, for what one scan cannot tell. Gives its first row. */
  readonly ask: (statement: Sql) => Promise<readonly Cell[]>
}

/** How a rule is measured: aggregates that all rules have computed in one scan, and what follows from them. */
export interface Measure {
  readonly columns: readonly string[]
  /** Aggregates over `data`. */
  readonly scan: readonly Sql[]
  readonly judge: (cells: readonly Cell[], facts: MeasureFacts) => Verdict | Promise<Verdict>
  /** Rows to show; undefined where no row is to blame. */
  readonly rows?: (cells: readonly Cell[], facts: MeasureFacts) => BrokenRows | Promise<BrokenRows>
}

/** What a rule is measured over. */
export interface MeasureScope {
  /** Name of the rules' file, for problems. */
  readonly rules: string
  readonly columns: readonly Column[]
  /** Relation and columns of another dataset; undefined when it could not be opened. */
  readonly reference: (dataset: string) => { readonly relation: Sql; readonly columns: readonly Column[] } | undefined
  /** Values of a code list, as a relation with one column `value`. */
  readonly codeList: (name: string) => Sql | undefined
}

/** A rule with what its texts compile to; the first problem is thrown when the work is done. */
export interface RuleCompile {
  readonly input: CompileInput<unknown>
  readonly scope: RuleScope
  /** `where` of the rule as a condition that is never NULL, or undefined when all rows are meant. */
  readonly where: Sql | undefined
  /** @throws Failure of the first problem */
  readonly done: () => void
}

/** Opens what one rule's columns and expressions are checked with. */
export function compileScope(rule: Rule, { rules, columns }: Pick<MeasureScope, 'rules' | 'columns'>): RuleCompile {
  const relation = { ref: { node: DATA, output: 'out' }, sql: id(DATA), columns }
  const context = nodeContext({ node: rules, inputs: [relation], parameters: new Map() })
  const where = rule.where === undefined ? undefined : context.input.expression('where', rule.where)
  return {
    input: context.input,
    scope: { ...context.input, meansPerhaps },
    where: where === undefined ? undefined : sql`COALESCE(${where.sql}, false)`,
    done: () => {
      const [problem] = context.problems
      if (problem !== undefined) throw failureOf(rules, problem)
    },
  }
}

/** Rows that are asked about, and those of them that break the rule. */
export function countOf(condition: Sql | undefined): Sql {
  return condition === undefined ? sql`count(*)` : sql`count(*) FILTER (WHERE ${condition})`
}

export function both(a: Sql | undefined, b: Sql): Sql {
  return a === undefined ? b : sql`${a} AND ${b}`
}

function meansPerhaps(type: string, text: Sql): Sql {
  const known = SEMANTIC_TYPES.find(({ id: name }) => name === type)
  return known === undefined ? sql`true` : prefilterSql(known, text)
}

function failureOf(node: string, { code, detail }: NodeProblem): Failure {
  return failureFromData({ code, detail: { node, ...detail } })
}
