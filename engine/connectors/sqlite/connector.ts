import { resolve } from 'node:path'
import { defineConnector, type OpenRequest } from '../api/connector.ts'
import type { Session } from '../api/session.ts'
import { fileExists } from '../shared/file-exists.ts'
import { stagedDiagnosis } from '../shared/staged-diagnosis.ts'
import { listTables } from './catalogue.ts'
import { type SqliteConfig, sqliteConfigSchema, sqliteOptionsSchema } from './config.ts'
import { openToRead, type SqliteFile } from './database.ts'
import { sqliteForm } from './form.ts'
import { describeSqlite, readSqlite } from './read.ts'
import { writeSqlite } from './write.ts'
import { planSqlite } from './write-plan.ts'

export const sqlite = defineConnector<SqliteConfig>({
  kind: 'sqlite',
  title: { en: 'SQLite file', zh: 'SQLite 文件' },
  form: sqliteForm,
  config: sqliteConfigSchema,
  secrets: [],
  source: sqliteOptionsSchema,
  target: sqliteOptionsSchema,
  open: (request) => Promise.resolve(openSession(fileOf(request))),
  diagnose: (request) => diagnoseSqlite(fileOf(request)),
})

/** Every call opens a connection of its own, which costs less than a millisecond and keeps readings apart. */
function openSession(file: SqliteFile): Session {
  return {
    list: async ({ search }) => {
      using database = await openToRead(file)
      const wanted = search?.toLowerCase() ?? ''
      return listTables(database).filter(({ name }) => name.toLowerCase().includes(wanted))
    },
    describe: (dataset) => describeSqlite(file, dataset),
    read: (request) => readSqlite(file, request),
    planWrite: async (request) => {
      if (!(await fileExists(file.path))) return planSqlite(undefined, request).shown
      using database = await openToRead(file)
      return planSqlite(database, request).shown
    },
    write: (request) => new Promise((done) => done(writeSqlite(file, request))),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function diagnoseSqlite(file: SqliteFile): ReturnType<typeof stagedDiagnosis> {
  return stagedDiagnosis({
    read: async () => {
      using database = await openToRead(file)
      return `${listTables(database).length} tables and views`
    },
  })
}

function fileOf({ name, config, baseDirectory }: OpenRequest<SqliteConfig>): SqliteFile {
  return { source: name, path: resolve(baseDirectory, config.file) }
}
