import { mkdtemp, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { type Column, LOCATOR_COLUMN } from '../../../contract/column.ts'
import { join, type Sql, sql } from '../../../sql/sql.ts'
import type { Reading, ReadingPart, ReadRequest } from '../../api/reading.ts'
import { toColumn } from '../catalogue/table-columns.ts'
import { postgresSourceSchema } from '../config.ts'
import type { PostgresAccess } from '../connection/client-config.ts'
import type { PostgresConnection } from '../connection/postgres-connection.ts'
import { tellTales } from './duck-expression.ts'
import { mergeStreams } from './merge-streams.ts'
import { planRead, type ReadPlan } from './read-plan.ts'
import { segmentRelations } from './segment-relation.ts'
import { type Segment, writeSegments } from './segments.ts'
import { selectExpression } from './select-expression.ts'
import { SharedSnapshot } from './shared-snapshot.ts'

const SEGMENT_BYTES = 64 * 1024 * 1024

/** Opens the connections, decides what to read and starts nothing yet: the rows begin to flow when `parts` is iterated. */
export async function openReading(access: PostgresAccess, request: ReadRequest): Promise<Reading> {
  const source = postgresSourceSchema.parse(request.options ?? {})
  const stop = new AbortController()
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal])
  await using opening = new AsyncDisposableStack()
  const snapshot = opening.use(await SharedSnapshot.open(access, { signal: request.signal }, request.moment))
  const plan = await planRead(snapshot.first, access.config, { source, request })
  const connections = await snapshot.connections(plan.ranges.length, { signal: request.signal })
  const folder = await mkdtemp(joinPath(request.duck.spillDirectory, 'postgresql-'))
  opening.defer(() => rm(folder, { recursive: true, force: true }))
  // Where no snapshot could be shared, one connection reads the whole table.
  const ranges = connections.length < plan.ranges.length ? [sql``] : plan.ranges
  const resources = opening.move()
  const withLocator = request.withLocator === true
  const totals = { rows: 0n, rejected: 0n, bytes: 0n }

  async function* parts(): AsyncGenerator<ReadingPart> {
    for await (const segment of mergeStreams(
      segmentStreams(plan, { connections, ranges, withLocator, folder, signal }),
    )) {
      totals.rows += BigInt(segment.rows)
      totals.bytes += BigInt(segment.bytes)
      request.onProgress?.({ rows: totals.rows, bytes: totals.bytes, ...fractionOf(totals.rows, plan.rowEstimate) })
      const part = segmentRelations(segment, plan.columns, withLocator)
      if (part.rejects !== undefined) {
        totals.rejected += BigInt((await request.duck.value(sql`SELECT count(*) FROM (${part.rejects})`)) ?? 0)
      }
      yield part
      await rm(segment.file, { force: true })
    }
  }

  return {
    columns: columnsOf(plan, withLocator),
    parts: parts(),
    warnings: [],
    counts: () => totals,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await resources.disposeAsync()
    },
  }
}

interface StreamRequest {
  readonly connections: readonly PostgresConnection[]
  readonly ranges: readonly Sql[]
  readonly withLocator: boolean
  readonly folder: string
  readonly signal: AbortSignal
}

function segmentStreams(plan: ReadPlan, request: StreamRequest): AsyncGenerator<Segment>[] {
  const lookFor = [...new Set(plan.columns.flatMap(({ mapping }) => tellTales(mapping)))]
  let files = 0
  return request.connections.map((connection, i) => {
    const select = selectRows(plan, request.ranges[i] ?? sql``, request.withLocator)
    const chunks = connection.copyOut(sql`COPY (${select}) TO STDOUT (FORMAT csv)`, { signal: request.signal })
    return writeSegments(chunks, {
      targetBytes: SEGMENT_BYTES,
      nextFile: () => joinPath(request.folder, `${files++}.csv`),
      lookFor,
    })
  })
}

function selectRows(plan: ReadPlan, range: Sql, withLocator: boolean): Sql {
  const expressions = plan.columns.map(selectExpression)
  return sql`SELECT ${join(withLocator ? [...expressions, plan.locator] : expressions)} FROM ${plan.from} ${range}`
}

function columnsOf(plan: ReadPlan, withLocator: boolean): Column[] {
  const columns = plan.columns.map(toColumn)
  return withLocator ? [...columns, { name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }] : columns
}

function fractionOf(rows: bigint, estimate: number | undefined): { fraction?: number } {
  return estimate === undefined ? {} : { fraction: Math.min(1, Number(rows) / estimate) }
}
