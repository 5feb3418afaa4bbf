import { linkTerm } from '../../../govern/standards/link-term.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import { applicable } from '../standards/applicable.ts'
import type { SampledColumn } from './suggest.ts'

/**
 * The columns, each with the term it is most likely taken for. Of several standards the one counts that is surest.
 * @param datasets where the columns go: standards for other datasets say nothing
 */
export function withTerms(
  columns: readonly SampledColumn[],
  { standards, codeLists }: Pick<Workspace, 'standards' | 'codeLists'>,
  datasets: readonly string[],
): SampledColumn[] {
  const meant = applicable(standards, datasets).filter(([, { terms }]) => terms.length > 0)
  return columns.map((column) => {
    const known = { ...column, type: column.type ?? '', values: distinct(column.values) }
    const links = meant.flatMap(([standard, { terms, naming }]) => {
      const link = linkTerm(known, { terms, abbreviations: naming?.abbreviations ?? {}, codeLists })
      return link === undefined ? [] : [{ name: `${standard}: ${link.term.name}`, confidence: link.confidence }]
    })
    const [best] = links.toSorted((a, b) => b.confidence - a.confidence)
    return best === undefined ? column : { ...column, term: best }
  })
}

function distinct(values: readonly string[]): { value: string; rows: bigint }[] {
  return [...new Set(values)].map((value) => ({ value, rows: 1n }))
}
