import { type Rule, ruleSchema } from '../rule.ts'
import type { Finding } from './finding.ts'

/** The check that a finding proposes, as a file of rules has it; undefined where it proposes none. */
export function ruleOfFinding({ rule }: Pick<Finding, 'rule'>): Rule | undefined {
  if (rule === undefined) return undefined
  const { check, column, parameters } = rule
  const isOfColumn = column !== undefined && !('columns' in parameters)
  return ruleSchema.safeParse({ check, ...(isOfColumn ? { column } : {}), ...parameters }).data
}
