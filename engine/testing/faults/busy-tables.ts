import type { SystemKind } from './fault-database.ts'

/** Tables that writers keep changing, and what each is there for. */
export const BUSY_TABLES = ['orders', 'pairs', 'wide', 'ticks'] as const
/** Only where the source can tell rows apart without a key. */
export const LOOSE_TABLE = 'loose'

/** Statements that make and fill the tables at the source. */
export function busyTables(kind: SystemKind): string[] {
  const isPostgres = kind === 'postgresql'
  const series = (from: number, to: number): string =>
    isPostgres ? `generate_series(${from}, ${to}) AS s(i)` : `(SELECT seq AS i FROM seq_${from}_to_${to}) AS s`
  const binary = isPostgres ? '' : ' CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'
  return [
    'CREATE TABLE orders (id bigint PRIMARY KEY, name text, amount numeric(12,2))',
    `CREATE TABLE pairs (a varchar(40)${binary}, b int, v text, PRIMARY KEY (a, b))`,
    // A value that the log leaves out when only others change.
    `CREATE TABLE wide (id bigint PRIMARY KEY, big ${isPostgres ? 'text' : 'mediumtext'}, n int)`,
    ...(isPostgres ? ['ALTER TABLE wide ALTER big SET STORAGE EXTERNAL'] : []),
    // One row for each transaction of a writer, in its order.
    'CREATE TABLE ticks (writer int, n bigint, PRIMARY KEY (writer, n))',
    ...(isPostgres
      ? [
          'CREATE TABLE loose (v text, n int)',
          'ALTER TABLE loose REPLICA IDENTITY FULL',
          `INSERT INTO loose SELECT 'same', i % 3 FROM ${series(1, 12)}`,
        ]
      : []),
    `INSERT INTO orders SELECT i, concat('customer ', i % 7), i * 1.25 FROM ${series(1, 3000)}`,
    `INSERT INTO pairs SELECT concat('k ', i % 20), i, 'v' FROM ${series(1, 600)}`,
    `INSERT INTO wide SELECT i, repeat('汇渠 ', 2000), 0 FROM ${series(1, 40)}`,
  ]
}
