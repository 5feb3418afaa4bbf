import { copyFile, link, mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { type BrowserStudio, openBrowserStudio } from '../../e2e/fixtures/browser-studio.ts'
import { signIn } from '../../e2e/fixtures/studio-page.ts'
import { buildStale } from '../../scripts/build-parts.ts'
import { ROOT } from '../../scripts/checks/run-tool.ts'
import { type BuiltPages, buildPages } from './build-pages.ts'

const CACHE = join(ROOT, '.cache')
/** Files that take long to make and are the same every time. */
export const UI_DATA = join(CACHE, 'bench-data')

/** A studio in a browser with a workspace, and other pages in the same browser. */
export interface UiSite extends AsyncDisposable {
  readonly studio: BrowserStudio
  /** The workspace's folder. */
  readonly workspace: string
  readonly pages: BuiltPages
  /** A page of the studio, signed in, with the workspace open. */
  openStudio(): Promise<Page>
  /** A page that can be measured, and shows nothing yet. */
  newPage(): Promise<Page>
}

/** @param files text files of the workspace by their path in it */
export async function openUiSite(files: Readonly<Record<string, string>>): Promise<UiSite> {
  await mkdir(UI_DATA, { recursive: true })
  await buildStale(['renderer'])
  const pages = await buildPages(join(CACHE, 'bench-pages'))
  const studio = await openBrowserStudio()
  const workspace = join(studio.workspaces, 'bench')
  const all = { 'runnel.yaml': 'version: 1\nname: bench\n', ...files }
  for (const [path, text] of Object.entries(all)) {
    await mkdir(join(workspace, path, '..'), { recursive: true })
    await writeFile(join(workspace, path), text)
  }
  const newPage = async (): Promise<Page> => {
    const page = await studio.newPage()
    await page.addInitScript({ content: pages.probe })
    return page
  }
  return {
    studio,
    workspace,
    pages,
    newPage,
    openStudio: async () => {
      const page = await newPage()
      await signIn(page, studio)
      await openWorkspace(page)
      return page
    },
    [Symbol.asyncDispose]: () => studio[Symbol.asyncDispose](),
  }
}

async function openWorkspace(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open workspace…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^bench/ }).click()
  await dialog.getByRole('button', { name: 'Open workspace…' }).click()
  await page.getByRole('heading', { level: 1, name: 'bench' }).waitFor()
}

/** Puts a large file into a folder of the workspace without copying it where that is possible. */
export async function placeFile(file: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, basename(file))
  await link(file, path).catch(() => copyFile(file, path))
  return path
}

const framesSchema = z.object({ frames: z.array(z.number()), longTasks: z.array(z.number()) })
export type Frames = z.infer<typeof framesSchema>

/** The frames of a page while `work` is done. */
export async function framesDuring(page: Page, work: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate('benchProbe.startFrames()')
  await work()
  return framesSchema.parse(await page.evaluate('benchProbe.stopFrames()'))
}

/** Asks the probe of a page for milliseconds. */
export async function askMs(page: Page, question: string): Promise<number> {
  return z.number().parse(await page.evaluate(`benchProbe.${question}`))
}

/** Presses a key; milliseconds until what the probe was asked to await (`awaitText(…)`, `awaitCount(…)`) was painted. */
export async function keyMs(page: Page, key: string, awaited: string): Promise<number> {
  // Keys take another way into the page than questions: the probe must be ready before.
  await page.evaluate(`benchProbe.${awaited}`)
  await page.keyboard.press(key)
  return askMs(page, 'sinceKey()')
}
