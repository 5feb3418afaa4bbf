import type { PipelineFile } from '../../engine/contract/pipeline-file.ts'

/** A pipeline of one source, perhaps one step, and one target. */
export function move(
  from: string,
  to: string,
  options: {
    readonly verify: 'counts' | 'checksum'
    readonly mode: string
    readonly step?: Record<string, unknown>
    readonly source?: Record<string, unknown>
  },
): PipelineFile {
  const { verify, mode, step, source = {} } = options
  return {
    version: 1,
    nodes: {
      lines: { type: 'source', dataset: from, ...source },
      ...(step === undefined ? {} : { step: { type: 'sql', inputs: ['lines'], ...step } }),
      load: { type: 'target', input: step === undefined ? 'lines' : 'step', dataset: to, mode, verify },
    },
  }
}
