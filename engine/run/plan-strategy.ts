import type { CompiledPipeline } from '../pipeline/compiled.ts'

/**
 * How the rows of a run move.
 *
 * - `bytes`: from one source to one target in a wire format both know, unparsed;
 * - `streamed`: one source in parts, each transformed and staged while the next one is read: bounded memory;
 * - `set`: all sources stand as relations first, then every output is one statement.
 */
export type Strategy = 'bytes' | 'streamed' | 'set'

export interface StrategyFacts {
  /** The one source gives the one target's format: only asked for when the shape of the pipeline allows it. */
  readonly hasCommonBytes: boolean
  /** How each source delivers. */
  readonly readings: readonly ('parts' | 'relation')[]
}

/** Whether bytes could pass: one source straight into one target that is verified by counts only. */
export function isPassThrough(pipeline: CompiledPipeline): boolean {
  const [source, ...otherSources] = pipeline.sources
  const [target, ...otherTargets] = pipeline.targets
  return (
    source !== undefined &&
    target !== undefined &&
    otherSources.length === 0 &&
    otherTargets.length === 0 &&
    pipeline.nodes.length === 0 &&
    target.input.node === source.node &&
    target.verify === 'counts'
  )
}

export function planStrategy(pipeline: CompiledPipeline, facts: StrategyFacts): Strategy {
  if (facts.hasCommonBytes && isPassThrough(pipeline)) return 'bytes'
  const [reading, ...others] = facts.readings
  const isRowWise = pipeline.nodes.every(({ scope }) => scope === 'row')
  return reading === 'parts' && others.length === 0 && isRowWise ? 'streamed' : 'set'
}
