import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { literal, type Sql, sql } from '../../sql/sql.ts'
import { profiledColumns } from '../columns/profiled-column.ts'
import { findRelations, type RelatedDataset } from './relations.ts'

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 2 })
})
afterAll(() => duck[Symbol.asyncDispose]())

async function related(dataset: string, query: Sql): Promise<RelatedDataset> {
  return { dataset, from: sql`(${query})`, columns: profiledColumns(await duck.columns(query)) }
}

describe('relations', () => {
  it('flights refer to airports, with the orphans that an anti-join finds', async () => {
    const vega = joinPath(import.meta.dirname, '../../../node_modules/vega-datasets/data')
    await duck.run(
      sql`CREATE TABLE flights AS SELECT * FROM read_csv(${literal(joinPath(vega, 'flights-airport.csv'))})`,
    )
    await duck.run(
      sql`CREATE TABLE airports AS SELECT * FROM read_csv(${literal(joinPath(vega, 'airports.csv'))}) WHERE iata NOT IN ('ATL', 'ORD')`,
    )
    const found = await findRelations(
      duck,
      [await related('f:flights', sql`FROM flights`), await related('f:airports', sql`FROM airports`)],
      {},
    )
    const keys = found.filter(({ kind }) => kind === 'foreign_key')
    expect(keys.map(({ from, to }) => `${from.column} ${to.column}`).toSorted()).toEqual([
      'destination iata',
      'origin iata',
    ])
    const origin = keys.find(({ from }) => from.column === 'origin')
    const orphans = await duck.value(
      sql`SELECT count(*) FROM flights WHERE origin IS NOT NULL AND origin NOT IN (SELECT iata FROM airports)`,
    )
    expect(String(origin?.orphanRows)).toBe(orphans)
    expect(origin?.orphans).toEqual(expect.arrayContaining(['ATL', 'ORD']))
  })

  it('columns of one meaning share most of their values, and other columns none', async () => {
    const a = await related('x:a', sql`SELECT 'city ' || (i % 10) AS town, i * 1000 AS amount FROM range(100) t(i)`)
    const b = await related('x:b', sql`SELECT 'city ' || (i % 12) AS place, i + 7 AS other FROM range(100) t(i)`)
    expect(await findRelations(duck, [a, b], {})).toEqual([
      {
        kind: 'same_meaning',
        from: { dataset: 'x:a', column: 'town' },
        to: { dataset: 'x:b', column: 'place' },
        values: 10,
        found: 10,
        overlap: 10 / 12,
        orphanRows: 0,
        orphans: [],
      },
    ])
  })

  it('leave no tables behind', async () => {
    expect(await duck.value(sql`SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'related_%'`)).toBe('0')
  })
})
