import { defineConnector } from '../api/connector.ts'
import { diagnoseFolder } from '../shared/diagnose-folder.ts'
import { fileFolder } from '../shared/file-folder.ts'
import { configSchema, EXTENSIONS, type JsonConfig, sourceSchema, targetSchema } from './config.ts'
import { jsonForm } from './form.ts'
import { inspectFiles } from './read.ts'
import { jsonSession } from './session.ts'

/** JSON documents and NDJSON in a folder, read strictly (RFC 8259) and exactly: no digit, key or character is changed. */
export const json = defineConnector<JsonConfig>({
  kind: 'json',
  title: { en: 'JSON and NDJSON files', zh: 'JSON 与 NDJSON 文件' },
  form: jsonForm,
  config: configSchema,
  secrets: [],
  source: sourceSchema,
  target: targetSchema,
  open: ({ name, config, baseDirectory }) =>
    Promise.resolve(jsonSession(fileFolder(name, config.folder, baseDirectory))),
  diagnose: ({ name, config, baseDirectory }) =>
    diagnoseFolder(fileFolder(name, config.folder, baseDirectory), EXTENSIONS, async (file) => {
      await inspectFiles([file], sourceSchema.parse({ sampleRows: 1 }))
    }),
})
