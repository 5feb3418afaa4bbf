/** `npm run screenshots [room…]`: every room and what opens there, or those named, in both languages and themes, as PNG files in .cache/screenshots. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openBrowserStudio } from '../e2e/fixtures/browser-studio.ts'
import { furnish } from '../e2e/fixtures/furnish.ts'
import { ROOMS_AND_STATES } from '../e2e/fixtures/states.ts'
import { wordsIn } from '../e2e/fixtures/words.ts'
import setup from '../e2e/global-setup.ts'

const FOLDER = join(import.meta.dirname, '../.cache/screenshots')
/** For what is still being drawn when everything has come: lines, fonts, the editor's colours. */
const SETTLED_MS = 1_200

const wanted = new Set(process.argv.slice(2))

await setup()
await mkdir(FOLDER, { recursive: true })
await using studio = await openBrowserStudio()
await furnish(studio)
for (const [language, locale] of [
  ['en', 'en'],
  ['zh', 'zh-CN'],
] as const) {
  const say = wordsIn(language)
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await studio.newPage({ locale, colorScheme })
    const visitor = { page, studio, say }
    for (const { name, go, leave } of ROOMS_AND_STATES) {
      await go(visitor)
      if (wanted.size === 0 || wanted.has(name)) {
        await page.mouse.move(700, 850)
        await page.waitForTimeout(SETTLED_MS)
        const file = join(FOLDER, `${name}-${locale}-${colorScheme}.png`)
        await page.screenshot({ path: file })
        console.log(file)
      }
      await leave?.(visitor)
    }
    await page.context().close()
  }
}
