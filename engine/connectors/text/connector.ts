import { defineConnector, type OpenRequest } from '../api/connector.ts'
import type { Session } from '../api/session.ts'
import { diagnoseFolder } from '../shared/diagnose-folder.ts'
import { type FileFolder, fileFolder, listFileDatasets } from '../shared/file-folder.ts'
import { folderInbox } from '../shared/folder-inbox.ts'
import { reachableFolders } from '../shared/reachable-folders.ts'
import { type TextConfig, textConfigSchema } from './config.ts'
import { describeText } from './describe-text.ts'
import { TEXT_EXTENSIONS } from './extensions.ts'
import { textForm } from './form.ts'
import { textSourceSchema, textTargetSchema } from './options.ts'
import { readText } from './read-text.ts'
import { openTextWriter, planTextWrite } from './text-writer.ts'

/** CSV, TSV and other delimited text files. */
export const text = defineConnector<TextConfig>({
  kind: 'text',
  title: { en: 'Delimited text (CSV, TSV)', zh: '分隔文本（CSV、TSV）' },
  form: textForm,
  config: textConfigSchema,
  secrets: [],
  source: textSourceSchema,
  target: textTargetSchema,
  open: (request) => Promise.resolve(openText(folderOf(request))),
  diagnose: (request) => {
    const folder = folderOf(request)
    return diagnoseFolder(folder, TEXT_EXTENSIONS, async ({ name }) => {
      await describeText(folder, name, {}, request.signal)
    })
  },
})

function openText(folder: FileFolder): Session {
  return {
    folders: reachableFolders(folder.path),
    list: ({ search }) => listFileDatasets(folder, TEXT_EXTENSIONS, search),
    inbox: folderInbox(folder, TEXT_EXTENSIONS),
    describe: (dataset, options, signal) => describeText(folder, dataset, options, signal),
    read: (request) => readText(folder, request),
    planWrite: (request) => planTextWrite(folder, request),
    write: (request) => openTextWriter(folder, request),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function folderOf({ name, config, baseDirectory }: OpenRequest<TextConfig>): FileFolder {
  return fileFolder(name, config.folder, baseDirectory)
}
