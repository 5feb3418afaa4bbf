import { Failure } from '../../../contract/failure.ts'
import { keysOfMasks } from '../../../contract/mask.ts'
import type { PolicyFile } from '../../../contract/policy-file.ts'
import type { OpenDuckOptions } from '../../../duck/open-duck.ts'
import { openKeyring } from '../../../govern/masking/keyring.ts'
import { maskValueWith } from '../../../govern/masking/mask-value.ts'
import { memoryFolder } from '../../../os/memory-folder.ts'
import { unknownName } from '../../../workspace/resolve-connection.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import type { ConnectionSource } from '../open-connection.ts'

/** @throws Failure `workspace.name_unknown` */
export function policyNamed({ policies }: Workspace, name: string): { name: string; file: PolicyFile } {
  return { name, file: policies.get(name) ?? unknownName('policy', name, policies) }
}

/**
 * How a DuckDB is opened whose values must not touch a disk: what it spills lies in memory, and it has the policy's keys.
 * @throws Failure `mask.no_memory_folder`, `mask.key_missing`
 */
export async function openMasking(
  source: Pick<ConnectionSource, 'secrets' | 'variables'>,
  policy: PolicyFile,
): Promise<Pick<OpenDuckOptions, 'spillParent' | 'maskValue'>> {
  const spillParent = await memoryFolder(source.variables)
  if (spillParent === undefined) throw new Failure('mask.no_memory_folder', {})
  const names = keysOfMasks(policy.columns.map(({ mask }) => mask))
  return { spillParent, maskValue: maskValueWith(await openKeyring(names, (name) => source.secrets.get(name))) }
}
