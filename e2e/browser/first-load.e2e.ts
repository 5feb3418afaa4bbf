import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio

beforeAll(async () => {
  studio = await openBrowserStudio()
})
afterAll(() => studio[Symbol.asyncDispose]())

const LIMIT_BYTES = 600_000
/** Parts that are loaded when they are first shown. */
const ON_DEMAND = /monaco|editor\.worker|reactflow|xyflow|elk/i

it('the first screen loads at most 600 kB of packed files, and none of the large parts', async () => {
  const page = await studio.newPage()
  const loaded = new Map<string, number>()
  page.on('response', async (response) => {
    const url = new URL(response.url())
    if (!url.pathname.startsWith('/assets/')) return
    loaded.set(url.pathname, gzipSync(await response.body()).length)
  })
  await signIn(page, studio)
  await page.getByRole('heading', { name: 'Welcome to Runnel' }).waitFor()
  await page.waitForLoadState('networkidle')
  const total = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0)
  expect(loaded.size).toBeGreaterThan(3)
  expect(total).toBeLessThanOrEqual(LIMIT_BYTES)
  expect([...loaded.keys()].filter((name) => ON_DEMAND.test(name))).toEqual([])
  console.log(`first screen: ${loaded.size} files, ${Math.round(total / 1_000)} kB packed`)
})
