import { newId } from '../../../base/ids.ts'
import { materialise } from '../../../connectors/api/materialise.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Duck } from '../../../duck/duck.ts'
import { isWholeNumberType, mayBeExtreme } from '../../../profile/columns/kind.ts'
import { profiledColumns } from '../../../profile/columns/profiled-column.ts'
import type { SampledRows } from '../../../profile/profile-sampled.ts'
import { id, sql } from '../../../sql/sql.ts'
import type { HostContext } from '../context.ts'
import { type DatasetRequest, openSourceDataset } from '../open-source-dataset.ts'

const SAMPLE_ROWS = 100_000
/** Profiles of one table at two times are to differ by their rows. */
const SEED = 1

interface SampleRequest extends DatasetRequest {
  readonly duck: Duck
  readonly signal: AbortSignal
  /** Told when the rows could not be counted. */
  readonly warn: (warning: string) => void
}

/**
 * A random sample of a table that a server holds, beside figures that the server counts in all its rows; undefined for systems that
 * count nothing. Sample and session go with `stack`.
 */
export async function serverSample(
  context: HostContext,
  request: SampleRequest,
  stack: AsyncDisposableStack,
): Promise<SampledRows | undefined> {
  const { duck, signal, warn } = request
  const source = stack.use(await openSourceDataset(context, request, signal))
  const { session, name: dataset, options } = source
  if (session.figures === undefined) return undefined
  const { columns: described } = await session.describe(dataset, options, signal)
  const columns = profiledColumns(described).map((column) => ({
    ...column,
    isWhole: isWholeNumberType(column.type),
    mayBeExtreme: mayBeExtreme(column.type),
  }))
  const whole = session.figures({ dataset, options, columns, signal }).then(
    (figures) => ({ rows: Number(figures.rows), columns: figures.columns }),
    (error: unknown) => {
      // A person may read rows where counting all of them takes longer than the server allows.
      if (!(error instanceof Failure) || signal.aborted) throw error
      warn(`the server could not count all rows: ${error.message}`)
      return undefined
    },
  )
  whole.catch(() => undefined)
  const reading = stack.use(
    await session.read({ dataset, options, duck, sample: { rows: SAMPLE_ROWS, seed: SEED }, signal }),
  )
  const name = `profile_sample_${newId()}`
  stack.defer(async () => {
    for (const table of [name, `${name}_rejects`])
      await duck.run(sql`DROP TABLE IF EXISTS ${id(table)}`).catch(() => undefined)
  })
  const { relation } = await materialise(duck, reading, name, signal)
  return { from: relation, rows: Number(await duck.value(sql`SELECT count(*) FROM ${relation}`)), whole }
}
