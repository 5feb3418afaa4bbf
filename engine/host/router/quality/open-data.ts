import { materialise } from '../../../connectors/api/materialise.ts'
import type { CheckResult } from '../../../contract/check-result.ts'
import { type Column, LOCATOR_COLUMN } from '../../../contract/column.ts'
import { parseDatasetRef } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Duck } from '../../../duck/duck.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { meaningTeller } from '../../../profile/semantic/has-meaning.ts'
import { findSnapshot } from '../../../run/snapshot.ts'
import { id, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { HostContext } from '../context.ts'
import { openSourceDataset, type SourceDataset } from '../open-source-dataset.ts'
import { openWorkspace } from '../open-workspace.ts'
import { snapshotFolder } from '../snapshot-folder.ts'

const USUAL_MEMORY_MB = 1_024

export interface DataRequest {
  readonly environment?: string | undefined
  /** From snapshots instead of the systems. */
  readonly offline: boolean
  /** Only the first rows; all when absent. */
  readonly limitRows?: number | undefined
  readonly memoryMb?: number | undefined
  readonly threads?: number | undefined
}

/** Datasets as relations of one DuckDB, for rules to be checked on. */
export interface OpenData {
  readonly duck: Duck
  /** Makes `dataset` a relation called `name`. @throws Failure those of opening and reading it; `run.snapshot_missing` */
  add(dataset: string, name: string, choose: ChooseColumns): Promise<DataRelation>
}

export interface DataRelation {
  readonly relation: Sql
  readonly columns: readonly Column[]
  /** Columns that tell rows apart; where the file says nothing else, where the row stands in it. */
  readonly key: readonly string[]
  readonly basis: CheckResult['basis']
}

/** Which columns are read, when all of them and the primary key are known. */
export type ChooseColumns = (columns: readonly Column[], key: readonly string[]) => readonly string[]

/** Every session and reading is closed with `stack`, the database last. */
export async function openData(
  context: HostContext,
  request: DataRequest & { readonly datasets: readonly string[] },
  { stack, signal }: { readonly stack: AsyncDisposableStack; readonly signal: AbortSignal | undefined },
): Promise<OpenData> {
  const folder = snapshotFolder(await openWorkspace(context))
  const sources = new Map<string, SourceDataset | Failure>()
  if (!request.offline) {
    for (const dataset of request.datasets)
      sources.set(dataset, await opened(context, { ...request, dataset }, { stack, signal }))
  }
  const folders = [...sources.values()].flatMap((source) =>
    source instanceof Failure ? [] : (source.session.folders ?? []),
  )
  const duck = stack.use(
    await openDuck({
      memoryLimitMb: request.memoryMb ?? USUAL_MEMORY_MB,
      ...(request.threads === undefined ? {} : { threads: request.threads }),
      allowedDirectories: [folder, ...folders],
      hasMeaning: meaningTeller(),
    }),
  )
  return {
    duck,
    add: async (dataset, name, choose) => {
      if (request.offline) return snapshotRelation(duck, { folder, dataset, name }, request.limitRows)
      const source = sources.get(dataset)
      if (source === undefined) throw new RangeError(`${dataset} was not asked for`)
      if (source instanceof Failure) throw source
      return sourceRelation({ duck, stack, signal, limitRows: request.limitRows }, source, { name, choose })
    },
  }
}

/** One dataset that cannot be opened must not keep the rules from being checked that do not need it. */
async function opened(
  context: HostContext,
  request: DataRequest & { readonly dataset: string },
  { stack, signal }: { readonly stack: AsyncDisposableStack; readonly signal: AbortSignal | undefined },
): Promise<SourceDataset | Failure> {
  try {
    return stack.use(await openSourceDataset(context, request, signal))
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

async function snapshotRelation(
  duck: Duck,
  { folder, dataset, name }: { readonly folder: string; readonly dataset: string; readonly name: string },
  limitRows: number | undefined,
): Promise<DataRelation> {
  const snapshot = await findSnapshot(folder, parseDatasetRef(dataset))
  if (snapshot === undefined) throw new Failure('run.snapshot_missing', { dataset })
  const limit = limitRows === undefined ? sql`` : sql` LIMIT ${literal(limitRows)}`
  await duck.run(
    sql`CREATE OR REPLACE VIEW ${id(name)} AS SELECT * FROM read_parquet(${literal(snapshot.path)})${limit}`,
  )
  return { relation: id(name), columns: snapshot.columns, key: [], basis: 'snapshot' }
}

interface Opening {
  readonly duck: Duck
  readonly stack: AsyncDisposableStack
  readonly signal: AbortSignal | undefined
  readonly limitRows: number | undefined
}

async function sourceRelation(
  { duck, stack, signal, limitRows }: Opening,
  { session, name: dataset, options }: SourceDataset,
  { name, choose }: { readonly name: string; readonly choose: ChooseColumns },
): Promise<DataRelation> {
  const schema = await session.describe(dataset, options, signal)
  const key = schema.keys.find(({ kind }) => kind === 'primary')?.columns ?? []
  const reading = stack.use(
    await session.read({
      dataset,
      options,
      duck,
      columns: choose(schema.columns, key),
      withLocator: key.length === 0,
      ...(limitRows === undefined ? {} : { limitRows }),
      ...(signal === undefined ? {} : { signal }),
    }),
  )
  const { relation } = await materialise(duck, reading, name, signal)
  const hasLocator = reading.columns.some((column) => column.name === LOCATOR_COLUMN)
  const columns = reading.columns.filter(({ hidden }) => hidden !== true)
  const basis = limitRows === undefined ? 'source' : 'sample'
  return { relation, columns, key: key.length > 0 ? key : hasLocator ? [LOCATOR_COLUMN] : [], basis }
}
