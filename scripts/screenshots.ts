/** `npm run screenshots`: every room in both languages and themes, as PNG files in .cache/screenshots. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowserStudio } from '../e2e/fixtures/browser-studio.ts'
import { openSample, signIn } from '../e2e/fixtures/studio-page.ts'
import setup from '../e2e/global-setup.ts'

const FOLDER = join(import.meta.dirname, '../.cache/screenshots')
/** For what is still being drawn when everything has come: lines, fonts, the editor's colours. */
const SETTLED_MS = 1_200

const shown = (page: Page) => page.locator('main [id^=panel-]:not([hidden])')
const enter = (page: Page, room: string) => page.locator(`[data-room=${room}]`).click()
const inPanel = (page: Page, name: RegExp) => page.locator('section').getByRole('button', { name }).first()

/** One after the other in one window; rooms are found by what does not change with the language. */
const ROOMS: readonly [string, (page: Page) => Promise<unknown>][] = [
  ['home', async () => undefined],
  [
    'dataset',
    async (page) => {
      await enter(page, 'connections')
      await page.getByRole('treeitem', { name: 'files' }).click()
      await page.getByRole('treeitem', { name: /orders\.csv/ }).click()
      await shown(page).getByRole('gridcell', { name: 'DD000000001' }).waitFor()
    },
  ],
  [
    'pipeline',
    async (page) => {
      await enter(page, 'pipelines')
      await inPanel(page, /^orders/).click()
      await shown(page).getByText('with_customer', { exact: true }).first().click()
      await shown(page).getByRole('gridcell').first().waitFor()
    },
  ],
  [
    'run',
    async (page) => {
      await shown(page)
        .getByRole('button', { name: /^(Run|运行)$/ })
        .click()
      await shown(page)
        .getByText(/^(succeeded|成功)$/)
        .first()
        .waitFor({ timeout: 60_000 })
      await shown(page)
        .getByRole('tab', { name: /^(Receipt|回执)$/ })
        .click()
      await enter(page, 'runs')
    },
  ],
  ['settings', (page) => enter(page, 'settings')],
  ['palette', (page) => page.keyboard.press('Control+k')],
]

await setup()
await mkdir(FOLDER, { recursive: true })
await using studio = await openBrowserStudio()
for (const locale of ['en', 'zh-CN']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await studio.newPage({ locale, colorScheme })
    await signIn(page, studio)
    await openSample(page)
    for (const [room, go] of ROOMS) {
      await go(page)
      await page.mouse.move(700, 850)
      await page.waitForTimeout(SETTLED_MS)
      const file = join(FOLDER, `${room}-${locale}-${colorScheme}.png`)
      await page.screenshot({ path: file })
      console.log(file)
    }
    await page.context().close()
  }
}
