import { defineConnector } from '../api/connector.ts'
import type { Session } from '../api/session.ts'
import { diagnoseFolder } from '../shared/diagnose-folder.ts'
import { listFileDatasets } from '../shared/file-folder.ts'
import type { FileFolder } from '../shared/folder-file.ts'
import { inboxOf } from '../shared/folder-inbox.ts'
import { openFolder } from '../shared/open-folder.ts'
import { FILE_SECRETS, type FileConfig, fileConfigSchema } from '../shared/places/config.ts'
import { reachableFolders } from '../shared/reachable-folders.ts'
import { describeText } from './describe-text.ts'
import { TEXT_EXTENSIONS } from './extensions.ts'
import { textForm } from './form.ts'
import { textSourceSchema, textTargetSchema } from './options.ts'
import { readText } from './read-text.ts'
import { openTextWriter, planTextWrite } from './text-writer.ts'

/** CSV, TSV and other delimited text files. */
export const text = defineConnector<FileConfig>({
  kind: 'text',
  title: { en: 'Delimited text (CSV, TSV)', zh: '分隔文本（CSV、TSV）' },
  form: textForm,
  config: fileConfigSchema,
  secrets: FILE_SECRETS,
  source: textSourceSchema,
  target: textTargetSchema,
  open: async (request) => openText(await openFolder(request)),
  diagnose: (request) =>
    diagnoseFolder(request, {
      extensions: TEXT_EXTENSIONS,
      file: async ({ name }, folder) => void (await describeText(folder, name, {}, request.signal)),
    }),
})

function openText(folder: FileFolder): Session {
  return {
    folders: reachableFolders(folder.path),
    list: (request) => listFileDatasets(folder, TEXT_EXTENSIONS, request),
    inbox: inboxOf(folder, TEXT_EXTENSIONS),
    describe: (dataset, options, signal) => describeText(folder, dataset, options, signal),
    read: (request) => readText(folder, request),
    planWrite: (request) => planTextWrite(folder, request),
    write: (request) => openTextWriter(folder, request),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}
