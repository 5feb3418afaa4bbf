import { materialise } from '../../../connectors/api/materialise.ts'
import type { MaskSuggestion } from '../../../contract/api/masking.ts'
import { cellText } from '../../../contract/cell-text.ts'
import type { Column } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import { keysOfMasks } from '../../../contract/mask.ts'
import type { Page } from '../../../contract/page.ts'
import type { PolicyFile } from '../../../contract/policy-file.ts'
import type { Duck } from '../../../duck/duck.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { openKeyring } from '../../../govern/masking/keyring.ts'
import { maskValueWith } from '../../../govern/masking/mask-value.ts'
import { masksOfPolicy } from '../../../govern/masking/policy.ts'
import { suggestMask } from '../../../govern/masking/suggest-mask.ts'
import { maskColumns, shuffledColumns } from '../../../pipeline/masking/mask-columns.ts'
import { id, join, literal, sql } from '../../../sql/sql.ts'
import type { HostContext } from '../context.ts'
import { openSourceDataset, type SourceDataset } from '../open-source-dataset.ts'
import type { OfDataset } from './check-snapshot.ts'
import { classesOf } from './classes.ts'

const MEMORY_MB = 512
const LOOKED_AT = 1_000

interface PreviewRequest extends OfDataset {
  readonly document: PolicyFile
  readonly limitRows: number
}

interface PolicyPreview {
  readonly columns: Column[]
  readonly masked: { column: string; method: string }[]
  readonly before: Page['rows']
  readonly after: Page['rows']
}

/** The first rows of a dataset as they are and as a policy would have them. @throws Failure `mask.unfit`, `mask.key_missing` */
export async function previewPolicy(
  context: HostContext,
  request: PreviewRequest,
  signal: AbortSignal | undefined,
): Promise<PolicyPreview> {
  await using source = await openSourceDataset(context, request, signal)
  const names = keysOfMasks(request.document.columns.map(({ mask }) => mask))
  const maskValue = maskValueWith(await openKeyring(names, (name) => source.source.secrets.get(name)))
  await using duck = await openDuck({ memoryLimitMb: MEMORY_MB, maskValue })
  const { columns, relation } = await firstRows(duck, source, request.limitRows, signal)
  const masks = masksOfPolicy(request.document, request.dataset, columns)
  const { list, shuffled, problems } = maskColumns(columns, masks)
  const [problem] = problems
  if (problem !== undefined) {
    throw new Failure('mask.unfit', { policy: '…', column: problem.column, reason: problem.reason })
  }
  const all = join(columns.map(({ name }) => id(name)))
  const before = await duck.rows(sql`SELECT ${all} FROM ${relation}`)
  const after = await duck.rows(sql`SELECT ${list} FROM ${shuffledColumns(relation, columns, shuffled)}`)
  return {
    columns: after.columns,
    masked: masks.map(({ column, mask }) => ({ column, method: mask.method })),
    before: before.rows,
    after: after.rows,
  }
}

/** A mask for each column whose first rows look personal. */
export async function suggestMasks(
  context: HostContext,
  request: OfDataset,
  signal: AbortSignal | undefined,
): Promise<MaskSuggestion[]> {
  await using source = await openSourceDataset(context, request, signal)
  await using duck = await openDuck({ memoryLimitMb: MEMORY_MB })
  const { columns, relation } = await firstRows(duck, source, LOOKED_AT, signal)
  const confirmed = classesOf(source.workspace, request.dataset)
  const suggestions: MaskSuggestion[] = []
  for (const column of columns) {
    const { rows } = await duck.rows(
      sql`SELECT CAST(${id(column.name)} AS VARCHAR) FROM ${relation} WHERE ${id(column.name)} IS NOT NULL`,
    )
    const found = suggestMask(
      column,
      rows.map(([cell]) => cellText(cell)),
      confirmed.get(column.name),
    )
    if (found !== undefined) suggestions.push(found)
  }
  return suggestions
}

async function firstRows(
  duck: Duck,
  { session, name, options }: SourceDataset,
  limitRows: number,
  signal: AbortSignal | undefined,
) {
  const call = signal === undefined ? {} : { signal }
  await using reading = await session.read({ dataset: name, options, duck, limitRows, ...call })
  const { relation } = await materialise(duck, reading, 'first_rows', signal)
  const columns = reading.columns.filter(({ hidden }) => hidden !== true)
  await duck.run(
    sql`CREATE TABLE "_runnel_first" AS SELECT ${join(columns.map(({ name: column }) => id(column)))} FROM ${relation} LIMIT ${literal(limitRows)}`,
  )
  return { columns, relation: id('_runnel_first') }
}
