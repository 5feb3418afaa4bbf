import { dirname } from 'node:path'
import { parseDatasetRef } from '../contract/dataset.ts'
import { Failure } from '../contract/failure.ts'
import { REJECT_COLUMNS } from '../contract/reject.ts'
import { id, join, literal, sql } from '../sql/sql.ts'
import type { RunPorts, SnapshotRef } from './ports.ts'
import { sourceRelation } from './readings.ts'
import { type NamedSource, rejectsName, type SampleSource } from './sample-source.ts'

/** Snapshots instead of the systems. A view of the file: nothing is read before somebody asks for rows. */
export async function snapshotSources(
  ports: Pick<RunPorts, 'snapshot'>,
  known: readonly NamedSource[],
): Promise<SampleSource> {
  const snapshots = new Map<string, SnapshotRef>()
  for (const { node, dataset } of known) {
    const snapshot = await ports.snapshot(parseDatasetRef(dataset))
    if (snapshot !== undefined) snapshots.set(node, snapshot)
  }
  const of = ({ node, dataset }: NamedSource): SnapshotRef => {
    const snapshot = snapshots.get(node)
    if (snapshot === undefined) throw new Failure('run.snapshot_missing', { dataset })
    return snapshot
  }
  return {
    folders: () => [...new Set([...snapshots.values()].map(({ path }) => dirname(path)))],
    describe: (sources) => Promise.resolve(new Map(sources.map((source) => [source.node, of(source).columns]))),
    load: async (duck, source, limitRows) => {
      const { path, takenAt, columns, rows: all } = of(source)
      const isWhole = BigInt(all) <= BigInt(limitRows)
      const rejects = id(rejectsName(source.node))
      await duck.run(
        sql`CREATE OR REPLACE TABLE ${rejects} (${join(REJECT_COLUMNS.map((name) => sql`${id(name)} VARCHAR`))})`,
      )
      const rows = sourceRelation(source, columns, sql`SELECT * FROM read_parquet(${literal(path)})`)
      const limit = isWhole ? sql`` : sql` LIMIT ${literal(limitRows)}`
      await duck.run(sql`CREATE OR REPLACE VIEW ${id(source.node)} AS ${rows}${limit}`)
      return { isWhole, rejects, warnings: [], takenAt }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}
