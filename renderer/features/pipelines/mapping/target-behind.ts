import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { nodeOf } from '../document/inputs.ts'

/** The dataset of the first target that reads the node itself. */
export function targetBehind({ nodes }: PipelineFile, node: string): string | undefined {
  const target = Object.values(nodes).find(
    ({ type, input }) => type === 'target' && typeof input === 'string' && nodeOf(input) === node,
  )
  const dataset: unknown = target?.['dataset']
  return typeof dataset === 'string' && /^[^:\s][^:]*:.+$/s.test(dataset) ? dataset : undefined
}
