import { defineConnector } from '../api/connector.ts'
import { diagnoseFolder } from '../shared/diagnose-folder.ts'
import { fileFolder } from '../shared/file-folder.ts'
import { configSchema, EXTENSIONS, sourceSchema, targetSchema, type XmlConfig } from './config.ts'
import { xmlForm } from './form.ts'
import { inspectFiles } from './read.ts'
import { xmlSession } from './session.ts'

/** XML documents in a folder: the elements at a path are the rows, what is in them the columns. Nothing outside is ever fetched. */
export const xml = defineConnector<XmlConfig>({
  kind: 'xml',
  title: { en: 'XML files', zh: 'XML 文件' },
  form: xmlForm,
  config: configSchema,
  secrets: [],
  source: sourceSchema,
  target: targetSchema,
  open: ({ name, config, baseDirectory }) =>
    Promise.resolve(xmlSession(fileFolder(name, config.folder, baseDirectory))),
  diagnose: ({ name, config, baseDirectory }) =>
    diagnoseFolder(fileFolder(name, config.folder, baseDirectory), EXTENSIONS, async (file) => {
      await inspectFiles([file], sourceSchema.parse({ sampleRows: 1 }))
    }),
})
