import { isDeepStrictEqual } from 'node:util'
import { Failure } from '../../../contract/failure.ts'
import type { Rule } from '../../../contract/rule.ts'
import { rulesName } from '../../../contract/rules-name.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import { appendYaml } from '../../../workspace/write-yaml.ts'
import { readNamed, saveNamed } from '../named-files.ts'

/**
 * Writes rules to the file about their dataset: the first in name order, or a new one. Rules that stand there already are not
 * written again.
 * @throws Failure `workspace.file_changed` when the name of a new file is taken by one about something else
 */
export async function addRules(
  workspace: Workspace,
  { dataset, rules }: { readonly dataset: string; readonly rules: readonly Rule[] },
): Promise<{ rules: string; added: number }> {
  const written = rules.map(asWritten)
  const [known] = [...workspace.rules]
    .filter(([, file]) => file.dataset === dataset)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (known === undefined) {
    const name = rulesName(dataset)
    if (name === undefined) throw new Failure('usage.invalid', { reason: `${dataset} is not written connection:name` })
    await saveNamed(workspace, 'rules', name, { content: { document: { version: 1, dataset, rules: written } } })
    return { rules: name, added: written.length }
  }
  const [name, file] = known
  const fresh = rules.flatMap((rule, i) => (file.rules.some((old) => isDeepStrictEqual(old, rule)) ? [] : [written[i]]))
  if (fresh.length > 0) {
    const { text, digest } = await readNamed(workspace.rules, workspace, { folder: 'rules', kind: 'rules', name })
    const content = { text: appendYaml(text, 'rules', fresh) }
    await saveNamed(workspace, 'rules', name, { content, expectedDigest: digest })
  }
  return { rules: name, added: fresh.length }
}

/** As a person writes it: what is checked first, and no severity that a rule has by itself. */
function asWritten({ check, severity, ...rest }: Rule): object {
  return { check, ...rest, ...(severity === 'error' ? {} : { severity }) }
}
