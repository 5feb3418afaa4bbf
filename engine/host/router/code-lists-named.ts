import { fileOf } from '../../workspace/layout.ts'
import type { Workspace } from '../../workspace/workspace.ts'

/** A place in a file that names a code list of the workspace. */
export interface NamedCodeList {
  readonly place: readonly [file: string, path: readonly PropertyKey[]]
  readonly list: string
}

/** Everything that names a code list: rules, terms of standards, and nodes that convert codes. */
export function codeListsNamed({ rules, standards, pipelines }: Workspace): NamedCodeList[] {
  const found: NamedCodeList[] = []
  const add = (place: NamedCodeList['place'], list: unknown): void => {
    if (typeof list === 'string') found.push({ place, list })
  }
  for (const [name, file] of rules) {
    for (const [i, rule] of file.rules.entries())
      if (rule.check === 'in_list') add([fileOf('rules', name), ['rules', i, 'list']], rule.list)
  }
  for (const [name, { terms }] of standards) {
    for (const [i, { codes }] of terms.entries()) add([fileOf('standards', name), ['terms', i, 'codes']], codes)
  }
  for (const [name, { nodes }] of pipelines) {
    for (const [node, config] of Object.entries(nodes)) {
      if (config.type === 'convert_code') add([fileOf('pipelines', name), ['nodes', node, 'list']], config['list'])
    }
  }
  return found
}
