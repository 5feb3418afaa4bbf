import { expect, it } from 'vitest'
import { widenStatement } from './widen-statement.ts'

it.each([
  [
    'PostgreSQL',
    { kind: 'postgresql', table: 'public."odd.name"', column: 'a"b', type: 'integer' },
    'ALTER TABLE "public"."odd.name" ALTER COLUMN "a""b" TYPE integer',
  ],
  [
    'MySQL',
    { kind: 'mysql', table: 'people', column: 'na`me', type: 'varchar(300)' },
    'ALTER TABLE `people` MODIFY COLUMN `na``me` varchar(300) /* NOT NULL, DEFAULT, COMMENT as before */',
  ],
  ['DuckDB, which a load widens by itself', { kind: 'duckdb', table: 't', column: 'c', type: 'integer' }, undefined],
])('a column of %s', (_case, widened, statement) => expect(widenStatement(widened)).toBe(statement))
