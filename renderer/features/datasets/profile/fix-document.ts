import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import type { Finding } from '../../../../engine/contract/profile/finding.ts'

/** What can be done about a finding: `rule` checks it, `fix` mends it, `mask` hides it. */
export type Remedy = 'rule' | 'fix' | 'mask'

/** Checks that a `validate` node knows; the others are for the rules of a dataset. */
const NODE_CHECKS = new Set(['not_null', 'not_blank', 'accepted', 'range', 'length', 'regex', 'type', 'unique'])

export function remediesOf({ rule, fix, mask }: Finding): Remedy[] {
  return [
    ...(rule !== undefined && NODE_CHECKS.has(rule.check) ? ['rule' as const] : []),
    ...(fix === undefined ? [] : ['fix' as const]),
    ...(mask ? ['mask' as const] : []),
  ]
}

/** A pipeline that reads the dataset and does one thing about it. */
export function remedyDocument(dataset: string, finding: Finding, remedy: Remedy): PipelineFile {
  return {
    version: 1,
    nodes: { rows: { type: 'source', dataset }, [nameOf(remedy)]: { ...nodeOf(finding, remedy), input: 'rows' } },
  }
}

function nameOf(remedy: Remedy): string {
  return { rule: 'checked', fix: 'mended', mask: 'masked' }[remedy]
}

function nodeOf({ rule, fix, columns }: Finding, remedy: Remedy): { type: string } & Record<string, unknown> {
  if (remedy === 'fix' && fix !== undefined) return { type: fix.node, ...fix.config }
  if (remedy === 'mask')
    return { type: 'mask', columns: [{ column: columns[0] ?? '', mask: { method: 'partial', first: 1, last: 1 } }] }
  const { check = 'not_null', column, parameters = {} } = rule ?? {}
  return {
    type: 'validate',
    rules: [{ check, ...(check === 'unique' || column === undefined ? {} : { column }), ...parameters }],
  }
}

/** A name for the pipeline that is not taken. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const base =
    wanted
      .replace(/\.[a-z0-9]+$/i, '')
      .replace(/[^\p{L}\p{N}_-]+/gu, '-')
      .replace(/^-+|-+$/g, '') || 'pipeline'
  const used = new Set(taken.map((name) => name.toLowerCase()))
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base}-${i}`
    if (!used.has(name.toLowerCase())) return name
  }
}
