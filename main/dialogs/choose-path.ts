import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import { z } from 'zod'
import type { PathQuestion } from '../../preload/host-api.ts'

const text = z.string().max(200)

/** Of `CHANNELS.choosePath`, as a page may send it. */
export const pathQuestionSchema: z.ZodType<PathQuestion> = z.strictObject({
  kind: z.enum(['folder', 'file']),
  title: text,
  action: text,
  extensions: z
    .array(z.string().regex(/^\.\w{1,12}$/))
    .max(50)
    .exactOptional(),
  startAt: z.string().max(4_096).exactOptional(),
  mayBeNew: z.boolean().exactOptional(),
})

/** The dialog of the operating system for `question`; undefined when it was left. */
export async function choosePath(window: BrowserWindow, question: PathQuestion): Promise<string | undefined> {
  const options = dialogOptions(question)
  if (question.kind === 'file' && question.mayBeNew === true) {
    const { properties: _, ...saving } = options
    const { canceled, filePath } = await dialog.showSaveDialog(window, saving)
    return canceled || filePath === '' ? undefined : filePath
  }
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  return canceled ? undefined : filePaths[0]
}

/** Pure. */
export function dialogOptions({ kind, title, action, extensions, startAt, mayBeNew }: PathQuestion): OpenDialogOptions {
  const folder: OpenDialogOptions['properties'] = [
    'openDirectory',
    ...(mayBeNew === true ? (['createDirectory', 'promptToCreate'] as const) : []),
  ]
  return {
    title,
    buttonLabel: action,
    properties: kind === 'folder' ? folder : ['openFile'],
    ...(startAt === undefined ? {} : { defaultPath: startAt }),
    ...(extensions === undefined
      ? {}
      : { filters: [{ name: title, extensions: extensions.map((one) => one.slice(1)) }] }),
  }
}
