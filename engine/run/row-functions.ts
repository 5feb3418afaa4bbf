import { keysOfMasks } from '../contract/mask.ts'
import type { PipelineFile } from '../contract/pipeline-file.ts'
import type { RowFunctions } from '../duck/row-functions.ts'
import type { Keyring } from '../govern/masking/keyring.ts'
import { maskValueWith } from '../govern/masking/mask-value.ts'
import { maskConfig } from '../pipeline/nodes/mask/config.ts'
import { meaningTeller } from '../profile/semantic/has-meaning.ts'
import type { RunPorts } from './ports.ts'

/**
 * What a pipeline's SQL calls: meanings of values, and masks with the keys its nodes name.
 * @throws Failure `mask.key_missing` and those of the secrets
 */
export async function rowFunctionsOf(
  { nodes }: PipelineFile,
  keys: RunPorts['keys'] | ((names: readonly string[]) => Keyring),
): Promise<RowFunctions> {
  const hasMeaning = meaningTeller()
  const configs = Object.values(nodes).filter(({ type }) => type === 'mask')
  if (configs.length === 0) return { hasMeaning }
  // What is wrong with a node, compiling says.
  const masks = configs.flatMap((config) => maskConfig.safeParse(config).data?.columns ?? [])
  return { hasMeaning, maskValue: maskValueWith(await keys(keysOfMasks(masks.map(({ mask }) => mask)))) }
}
