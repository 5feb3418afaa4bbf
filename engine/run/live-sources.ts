import { REJECT_COLUMNS } from '../contract/reject.ts'
import { id, join, literal, sql } from '../sql/sql.ts'
import type { RunPorts } from './ports.ts'
import { describeSource, emptySource, pushedDown, readRequest, sourceRelation } from './readings.ts'
import { rejectsName, type SampleSource } from './sample-source.ts'
import { openSessions } from './sessions.ts'

/** The systems themselves. Reads one row more than asked for, to know whether there are more. */
export function liveSources(ports: RunPorts, signal?: AbortSignal): SampleSource {
  const sessions = openSessions(ports, signal)
  const call = signal === undefined ? {} : { signal }
  return {
    folders: () => sessions.folders(),
    describe: async (sources) => {
      const columns = await Promise.all(
        sources.map(
          async (source) => [source.node, await describeSource({ sessions, ports, ...call }, source)] as const,
        ),
      )
      return new Map(columns)
    },
    load: async (duck, source, limitRows) => {
      const session = await sessions.of(source.dataset)
      const request = readRequest({ sessions, ports, duck, ...call }, source, {
        ...pushedDown(source),
        limitRows: limitRows + 1,
      })
      await using reading = await session.read(request)
      const rejects = id(rejectsName(source.node))
      const name = id(source.node)
      await duck.run(
        sql`CREATE OR REPLACE TABLE ${rejects} (${join(REJECT_COLUMNS.map((column) => sql`${id(column)} VARCHAR`))})`,
      )
      await duck.run(sql`CREATE OR REPLACE TABLE ${name} AS ${emptySource({ source, reading })}`)
      let rows = 0n
      const insert = async (relation: Parameters<typeof sourceRelation>[2]): Promise<void> => {
        const limit = literal(BigInt(limitRows + 1) - rows)
        const query = sourceRelation(source, reading.columns, relation)
        rows += await duck.run(sql`INSERT INTO ${name} SELECT * FROM (${query}) LIMIT ${limit}`, call)
      }
      if (reading.relation !== undefined) await insert(reading.relation)
      for await (const part of reading.parts ?? []) {
        await insert(part.relation)
        if (part.rejects !== undefined) await duck.run(sql`INSERT INTO ${rejects} ${part.rejects}`, call)
        if (rows > BigInt(limitRows)) break
      }
      if (reading.rejects !== undefined) await duck.run(sql`INSERT INTO ${rejects} ${reading.rejects}`, call)
      return { isWhole: rows <= BigInt(limitRows), rejects, warnings: reading.warnings }
    },
    [Symbol.asyncDispose]: () => sessions[Symbol.asyncDispose](),
  }
}
