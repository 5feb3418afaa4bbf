import { defineConnector } from '../api/connector.ts'
import { diagnoseFolder } from '../shared/diagnose-folder.ts'
import { openFolder } from '../shared/open-folder.ts'
import { FILE_SECRETS, type FileConfig, fileConfigSchema } from '../shared/places/config.ts'
import { EXTENSIONS, sourceSchema, targetSchema } from './config.ts'
import { xmlForm } from './form.ts'
import { inspectFiles } from './read.ts'
import { xmlSession } from './session.ts'

/** XML documents in a folder: the elements at a path are the rows, what is in them the columns. Nothing outside is ever fetched. */
export const xml = defineConnector<FileConfig>({
  kind: 'xml',
  title: { en: 'XML files', zh: 'XML 文件' },
  form: xmlForm,
  config: fileConfigSchema,
  secrets: FILE_SECRETS,
  source: sourceSchema,
  target: targetSchema,
  open: async (request) => xmlSession(await openFolder(request)),
  diagnose: (request) =>
    diagnoseFolder(request, {
      extensions: EXTENSIONS,
      file: async (file) => {
        await inspectFiles([file], sourceSchema.parse({ sampleRows: 1 }))
      },
    }),
})
