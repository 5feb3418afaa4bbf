import { keysOfMasks } from '../contract/mask.ts'
import type { PipelineFile } from '../contract/pipeline-file.ts'
import type { MaskValue } from '../duck/mask-functions.ts'
import type { Keyring } from '../govern/masking/keyring.ts'
import { maskValueWith } from '../govern/masking/mask-value.ts'
import { maskConfig } from '../pipeline/nodes/mask/config.ts'
import type { RunPorts } from './ports.ts'

/**
 * What masks values in a pipeline, with the keys its nodes name; undefined when nothing is masked.
 * @throws Failure `mask.key_missing` and those of the secrets
 */
export async function maskValueOf(
  { nodes }: PipelineFile,
  keys: RunPorts['keys'] | ((names: readonly string[]) => Keyring),
): Promise<MaskValue | undefined> {
  const configs = Object.values(nodes).filter(({ type }) => type === 'mask')
  if (configs.length === 0) return undefined
  // What is wrong with a node, compiling says.
  const masks = configs.flatMap((config) => maskConfig.safeParse(config).data?.columns ?? [])
  return maskValueWith(await keys(keysOfMasks(masks.map(({ mask }) => mask))))
}
