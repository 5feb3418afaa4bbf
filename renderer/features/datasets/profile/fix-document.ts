import { keysOfMasks, type Mask } from '../../../../engine/contract/mask.ts'
import { maskOfMeaning } from '../../../../engine/contract/mask-of-meaning.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import type { ColumnProfile } from '../../../../engine/contract/profile/column-profile.ts'
import type { Finding } from '../../../../engine/contract/profile/finding.ts'
import { suggestedReading } from '../../../../engine/contract/profile/personal-finding.ts'

/** What a pipeline can do about a finding: `fix` mends it, `mask` hides it. */
export type Remedy = 'fix' | 'mask'

export function remediesOf({ fix, mask }: Finding): Remedy[] {
  return [...(fix === undefined ? [] : ['fix' as const]), ...(mask ? ['mask' as const] : [])]
}

/** A pipeline that reads the dataset and does one thing about it. @param columns of the profile that the finding is in */
export function remedyDocument(
  dataset: string,
  finding: Finding,
  { remedy, columns }: { readonly remedy: Remedy; readonly columns: readonly ColumnProfile[] },
): PipelineFile {
  const node = remedy === 'fix' && finding.fix !== undefined ? fixNode(finding.fix) : maskNode(finding, columns)
  return {
    version: 1,
    nodes: { rows: { type: 'source', dataset }, [NAMES[remedy]]: { ...node, input: 'rows' } },
  }
}

/** Keys that the mask of a finding needs. */
export function keysOfRemedy(finding: Finding, columns: readonly ColumnProfile[]): string[] {
  return keysOfMasks([maskOf(finding, columns)])
}

const NAMES: Readonly<Record<Remedy, string>> = { fix: 'mended', mask: 'masked' }

type Node = { type: string } & Record<string, unknown>

function fixNode({ node, config }: NonNullable<Finding['fix']>): Node {
  return { type: node, ...config }
}

function maskNode(finding: Finding, columns: readonly ColumnProfile[]): Node {
  return { type: 'mask', columns: [{ column: finding.columns[0] ?? '', mask: maskOf(finding, columns) }] }
}

/** By what the values of the column mean. */
function maskOf({ columns: [name = ''] }: Finding, columns: readonly ColumnProfile[]): Mask {
  const column = columns.find((one) => one.name === name)
  const meaning = column === undefined ? undefined : suggestedReading(column)?.type
  return maskOfMeaning(meaning, column?.type ?? 'VARCHAR')
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
