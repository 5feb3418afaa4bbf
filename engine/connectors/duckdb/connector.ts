import { dirname, resolve } from 'node:path'
import { defineConnector, type OpenRequest } from '../api/connector.ts'
import type { Session } from '../api/session.ts'
import { fileExists } from '../shared/file-exists.ts'
import { reachableFolders } from '../shared/reachable-folders.ts'
import { stagedDiagnosis } from '../shared/staged-diagnosis.ts'
import { type DuckdbFile, withFile } from './attachment.ts'
import { describeTable, listTables } from './catalogue.ts'
import { type DuckdbConfig, duckdbConfigSchema, duckdbOptionsSchema } from './config.ts'
import { duckdbForm } from './form.ts'
import { readDuckdb } from './read.ts'
import { writeDuckdb } from './write.ts'
import { planDuckdb } from './write-plan.ts'

export const duckdb = defineConnector<DuckdbConfig>({
  kind: 'duckdb',
  title: { en: 'DuckDB file', zh: 'DuckDB 文件' },
  form: duckdbForm,
  config: duckdbConfigSchema,
  secrets: [],
  source: duckdbOptionsSchema,
  target: duckdbOptionsSchema,
  open: (request) => Promise.resolve(openSession(fileOf(request))),
  diagnose: (request) => diagnoseDuckdb(fileOf(request)),
})

function openSession(file: DuckdbFile): Session {
  return {
    // The file is attached by its path; its log and temporary files lie beside it.
    folders: reachableFolders(dirname(file.path)),
    list: ({ search }) =>
      withFile(file, async (duck, alias) => {
        const wanted = search?.toLowerCase() ?? ''
        return (await listTables(duck, alias)).filter(({ name }) => name.toLowerCase().includes(wanted))
      }),
    describe: (dataset) => withFile(file, (duck, alias) => describeTable(duck, alias, dataset)),
    read: (request) => readDuckdb(file, request),
    planWrite: async (request) => {
      if (!(await fileExists(file.path))) return (await planDuckdb(request.duck, undefined, request)).shown
      return withFile(file, async (duck, alias) => (await planDuckdb(duck, alias, request)).shown)
    },
    write: (request) => writeDuckdb(file, request),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function diagnoseDuckdb(file: DuckdbFile): ReturnType<typeof stagedDiagnosis> {
  return stagedDiagnosis({
    read: () =>
      withFile(file, async (duck, alias) => {
        const tables = await listTables(duck, alias)
        return `${tables.length} tables and views`
      }),
  })
}

function fileOf({ name, config, baseDirectory }: OpenRequest<DuckdbConfig>): DuckdbFile {
  return { source: name, path: resolve(baseDirectory, config.file) }
}
