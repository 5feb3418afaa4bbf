import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import type { Finding } from '../../../../engine/contract/profile/finding.ts'

/** What a pipeline can do about a finding: `fix` mends it, `mask` hides it. */
export type Remedy = 'fix' | 'mask'

export function remediesOf({ fix, mask }: Finding): Remedy[] {
  return [...(fix === undefined ? [] : ['fix' as const]), ...(mask ? ['mask' as const] : [])]
}

/** A pipeline that reads the dataset and does one thing about it. */
export function remedyDocument(dataset: string, finding: Finding, remedy: Remedy): PipelineFile {
  return {
    version: 1,
    nodes: { rows: { type: 'source', dataset }, [NAMES[remedy]]: { ...nodeOf(finding, remedy), input: 'rows' } },
  }
}

const NAMES: Readonly<Record<Remedy, string>> = { fix: 'mended', mask: 'masked' }

function nodeOf({ fix, columns }: Finding, remedy: Remedy): { type: string } & Record<string, unknown> {
  if (remedy === 'fix' && fix !== undefined) return { type: fix.node, ...fix.config }
  return { type: 'mask', columns: [{ column: columns[0] ?? '', mask: { method: 'partial', first: 1, last: 1 } }] }
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
