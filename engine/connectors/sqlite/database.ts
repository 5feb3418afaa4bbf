import Database from 'better-sqlite3'
import { Failure } from '../../contract/failure.ts'
import { sqliteDialect } from '../../sql/dialects.ts'
import { printSql, type Sql } from '../../sql/sql.ts'
import { fileExists } from '../shared/file-exists.ts'

export interface SqliteFile {
  /** The connection's name, for messages. */
  readonly source: string
  readonly path: string
}

export type SqliteValue = string | number | bigint | Buffer | null

const BUSY_TIMEOUT_MS = 10_000

/** One connection to the file. Integers come as bigint; statements are plain SQL of our own builder. */
export class SqliteDatabase implements Disposable {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  run(statement: Sql): bigint {
    return BigInt(this.#database.prepare(printSql(statement, sqliteDialect)).run().changes)
  }

  /** Statements as text, as a plan shows them and a person may have edited them. */
  execute(statements: string): void {
    this.#database.exec(statements)
  }

  rows(query: Sql): SqliteValue[][] {
    return this.#prepared(query).all()
  }

  /** Rows one by one; the connection takes no other statement until the end. */
  iterate(query: Sql): IterableIterator<SqliteValue[]> {
    return this.#prepared(query).iterate()
  }

  /** A statement with `?` places, for many rows. */
  prepare(statement: Sql): (values: readonly SqliteValue[]) => void {
    const prepared = this.#database.prepare<SqliteValue[]>(printSql(statement, sqliteDialect))
    return (values) => {
      prepared.run(...values)
    }
  }

  /** A function without arguments that SQL calls once per row. */
  define(name: string, call: () => bigint): void {
    this.#database.function(name, { deterministic: false }, call)
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }

  #prepared(query: Sql): Database.Statement<unknown[], SqliteValue[]> {
    return this.#database.prepare<unknown[], SqliteValue[]>(printSql(query, sqliteDialect)).safeIntegers().raw()
  }
}

/** @throws Failure `source.unavailable` when the file is missing, locked or no database. */
export async function openToRead({ source, path }: SqliteFile): Promise<SqliteDatabase> {
  if (!(await fileExists(path))) {
    throw new Failure('source.unavailable', { source, reason: `there is no file ${path}` })
  }
  return opened(source, () => {
    const database = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
    // The first read is what finds out whether the file is a database.
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
    return database
  })
}

/** WAL with every commit flushed: the library's default (NORMAL) loses acknowledged commits at a power cut. */
export function openToWrite({ source, path }: SqliteFile): SqliteDatabase {
  return opened(source, () => {
    const database = new Database(path, { timeout: BUSY_TIMEOUT_MS })
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    return database
  })
}

function opened(source: string, open: () => Database.Database): SqliteDatabase {
  try {
    return new SqliteDatabase(open())
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('source.unavailable', { source, reason }, { cause: error })
  }
}
