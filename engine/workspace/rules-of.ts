import type { RulesFile } from '../contract/rule.ts'
import { unknownName } from './resolve-connection.ts'
import type { Workspace } from './workspace.ts'

/**
 * The files of rules that a name stands for: the file of that name, else all files about the dataset of that name.
 * @throws Failure `workspace.name_unknown` when neither a file of rules nor the dataset of any is called so
 */
export function rulesOf({ rules }: Pick<Workspace, 'rules'>, of: string): [string, RulesFile][] {
  const named = rules.get(of)
  if (named !== undefined) return [[of, named]]
  const about = [...rules].filter(([, { dataset }]) => dataset === of)
  return about.length > 0 ? about : unknownName('rules', of, rules)
}
