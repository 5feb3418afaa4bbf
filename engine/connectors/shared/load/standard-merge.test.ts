import { expect, it } from 'vitest'
import { writeModeSchema } from '../../../contract/write-mode.ts'
import { duckDialect } from '../../../sql/dialects.ts'
import { id, printSql } from '../../../sql/sql.ts'
import { standardMerge } from './standard-merge.ts'

const tables = { target: id('x', 't"1'), stage: id('st'), columns: ['k', 'v'], keys: ['k'] }
const insert = 'INSERT INTO "x"."t""1" ("k", "v") SELECT "k", "v" FROM "st" AS s'
const insertNew = `${insert} WHERE NOT EXISTS (SELECT 1 FROM "x"."t""1" AS t WHERE "t"."k" = "s"."k")`
const update =
  'UPDATE "x"."t""1" AS t SET "v" = "s"."v" FROM "st" AS s WHERE "t"."k" = "s"."k" AND ("t"."v" IS DISTINCT FROM "s"."v")'
const inStage = 'EXISTS (SELECT 1 FROM "st" AS s WHERE "t"."k" = "s"."k")'

it.each([
  ['append', { insert }],
  ['replace', { delete: 'DELETE FROM "x"."t""1"', insert }],
  ['truncate', { delete: 'DELETE FROM "x"."t""1"', insert }],
  ['upsert', { update, insert: insertNew }],
  ['insert_new', { insert: insertNew }],
  ['update', { update }],
  ['delete', { delete: `DELETE FROM "x"."t""1" AS t WHERE ${inStage}` }],
  ['mirror', { delete: `DELETE FROM "x"."t""1" AS t WHERE NOT ${inStage}`, update, insert: insertNew }],
])('%s', (mode, expected) => {
  const printed = Object.entries(standardMerge(writeModeSchema.parse(mode), tables)).map(([step, statement]) => [
    step,
    printSql(statement, duckDialect),
  ])
  expect(Object.fromEntries(printed)).toEqual(expected)
})

it('has nothing to update when all columns are keys', () => {
  expect(standardMerge('upsert', { ...tables, columns: ['k'] }).update).toBeUndefined()
})
