import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The browser that RUNNEL_CHROMIUM names, else any Chrome or Chromium of this machine; undefined when there is none. */
export async function lookForChromium(): Promise<string | undefined> {
  const named = process.env['RUNNEL_CHROMIUM']
  if (named !== undefined) return named
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  for (const place of [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES]) {
    if (await isProgram(place)) return place
  }
  return undefined
}

export async function findChromium(): Promise<string> {
  const found = await lookForChromium()
  if (found === undefined) throw new Error('No Chrome or Chromium here: install one, or name it in RUNNEL_CHROMIUM.')
  return found
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
