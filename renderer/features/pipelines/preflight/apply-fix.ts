import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import type { PreflightFinding, PreflightFix } from '../../../../engine/contract/preflight.ts'
import { withInserted } from '../document/connections.ts'
import { freeName, withNode } from '../document/edits.ts'
import { type Catalogue, inputsOf } from '../document/inputs.ts'

const NAMES = { reject: 'checked', trim: 'trimmed', map: 'fitted' } as const

export interface Mended {
  readonly document: PipelineFile
  /** The node to look at: the new step, or the target. */
  readonly node: string
}

/**
 * The pipeline with a fix: a step before the target, or a target that may be altered. Undefined where it cannot be done here: the
 * target is gone or reads nothing, or its table is widened by its owner.
 */
export function withFix(
  document: PipelineFile,
  { node: target }: Pick<PreflightFinding, 'node'>,
  fix: PreflightFix,
  catalogue: Catalogue,
): Mended | undefined {
  const config = document.nodes[target]
  if (config === undefined) return undefined
  if (fix.kind === 'widen') {
    if (fix.statement !== undefined) return undefined
    return { document: withNode(document, target, { ...config, ddl: 'alter' }), node: target }
  }
  const [input] = inputsOf(config, catalogue)
  if (input === undefined) return undefined
  const name = freeName(document, NAMES[fix.kind])
  const step = { name, config: { ...fix.config, type: fix.node, input: input.output } }
  return { document: withInserted(document, { from: input.output, to: target }, step, catalogue), node: name }
}
