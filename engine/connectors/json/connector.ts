import { defineConnector } from '../api/connector.ts'
import { diagnoseFolder } from '../shared/diagnose-folder.ts'
import { openFolder } from '../shared/open-folder.ts'
import { FILE_SECRETS, type FileConfig, fileConfigSchema } from '../shared/places/config.ts'
import { EXTENSIONS, sourceSchema, targetSchema } from './config.ts'
import { jsonForm } from './form.ts'
import { inspectFiles } from './read.ts'
import { jsonSession } from './session.ts'

/** JSON documents and NDJSON in a folder, read strictly (RFC 8259) and exactly: no digit, key or character is changed. */
export const json = defineConnector<FileConfig>({
  kind: 'json',
  title: { en: 'JSON and NDJSON files', zh: 'JSON 与 NDJSON 文件' },
  form: jsonForm,
  config: fileConfigSchema,
  secrets: FILE_SECRETS,
  source: sourceSchema,
  target: targetSchema,
  open: async (request) => jsonSession(await openFolder(request)),
  diagnose: (request) =>
    diagnoseFolder(request, {
      extensions: EXTENSIONS,
      file: async (file) => {
        await inspectFiles([file], sourceSchema.parse({ sampleRows: 1 }))
      },
    }),
})
