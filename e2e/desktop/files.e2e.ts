import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DesktopStudio, desktopArguments, electronProgram, openDesktop } from '../fixtures/desktop-studio.ts'
import { front } from '../fixtures/studio-page.ts'

/** `城市,人数` and three lines in GB18030, the second with a column too many; 㛃 needs four bytes. */
const GB18030 = Buffer.from('b3c7cad02cc8cbcafd0ab1b1bea92c31320ac9cfbaa32c332c0a8230b7312c370a', 'hex')
const PIPELINE = 'version: 1\nnodes:\n  cities: { type: source, dataset: "files:cities.csv" }\n'

let studio: DesktopStudio
let shop: string
beforeAll(async () => {
  studio = await openDesktop()
  shop = join(studio.home, 'shop')
  await mkdir(join(shop, 'pipelines'), { recursive: true })
  await writeFile(join(shop, 'runnel.yaml'), 'version: 1\nname: shop\n')
  await writeFile(join(shop, 'shop.runnel'), '')
  await writeFile(join(shop, 'pipelines/cities.yaml'), PIPELINE)
  await writeFile(join(studio.home, 'cities.csv'), GB18030)
  await studio.page.getByRole('heading', { name: 'Welcome to Runnel' }).waitFor()
})
afterAll(() => studio[Symbol.asyncDispose]())

/** The person at the dialogs answers `path` from now on, or leaves them; what they were asked is kept. */
async function answerDialogs(path: string | undefined): Promise<void> {
  await studio.app.evaluate(({ dialog }, answer) => {
    const asked: unknown[] = []
    Reflect.set(globalThis, 'asked', asked)
    const filePaths = answer === null ? [] : [answer]
    Reflect.set(dialog, 'showOpenDialog', (_window: unknown, options: unknown) => {
      asked.push(options)
      return Promise.resolve({ canceled: answer === null, filePaths })
    })
  }, path ?? null)
}

async function choose(id: string): Promise<void> {
  await studio.app.evaluate(({ Menu }, command) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(command)
    Reflect.apply(Reflect.get(item ?? {}, 'click'), item, [])
  }, id)
}

/** Of the menus, or of the one with this id. */
async function labels(id?: string): Promise<(string | undefined)[]> {
  return studio.app.evaluate(({ Menu }, one) => {
    const menu = Menu.getApplicationMenu()
    const items = one === null ? menu?.items : menu?.getMenuItemById(one)?.submenu?.items
    return items?.map(({ label }) => label) ?? []
  }, id ?? null)
}

const heading = (name: string) => studio.page.getByRole('heading', { level: 1, name })

/** Another start of the app, which hands over what it was started with. */
async function startAgain(argument: string): Promise<void> {
  const args = ['--no-sandbox', ...desktopArguments(studio.userData, [argument])]
  const [code] = await once(spawn(electronProgram, args, { stdio: 'ignore' }), 'exit')
  expect(code).toBe(0)
}

describe('the menus', () => {
  it('follow the language of the studio', async () => {
    const { page } = studio
    expect(await labels()).toEqual(['File', 'Edit', 'View', 'Window', 'Help'])
    await page.getByRole('button', { name: '中文' }).click()
    await expect.poll(() => labels()).toEqual(['文件', '编辑', '视图', '窗口', '帮助'])
    expect(await labels('recent')).toEqual(['没有最近打开的工作区'])
    await page.getByRole('button', { name: 'English' }).click()
    await expect.poll(() => labels()).toEqual(['File', 'Edit', 'View', 'Window', 'Help'])
  })

  it.each(['open-workspace', 'new-workspace', 'open-file'])(
    '%s changes nothing when its dialog is left',
    async (id) => {
      await answerDialogs(undefined)
      await choose(id)
      await expect.poll(() => studio.app.evaluate(() => Reflect.get(globalThis, 'asked').length)).toBe(1)
      await heading('Welcome to Runnel').waitFor()
    },
  )

  it('tell that a folder is no workspace, and stay', async () => {
    await answerDialogs(studio.home)
    await choose('open-workspace')
    await studio.page.getByText(/is not in a workspace/).waitFor()
    await heading('Welcome to Runnel').waitFor()
  })

  it('open a workspace that was chosen in the dialog of the system, and remember it', async () => {
    await answerDialogs(shop)
    await choose('open-workspace')
    await heading('shop').waitFor()
    const [asked] = await studio.app.evaluate(() => Reflect.get(globalThis, 'asked'))
    expect(asked).toMatchObject({ properties: ['openDirectory'], title: 'Open workspace…' })
    await expect.poll(() => labels('recent')).toEqual([`shop — ${shop}`])
  })

  it('leave it, and open it again from those that were open last', async () => {
    await choose('close-workspace')
    await heading('Welcome to Runnel').waitFor()
    await studio.app.evaluate(({ Menu }) => {
      const [item] = Menu.getApplicationMenu()?.getMenuItemById('recent')?.submenu?.items ?? []
      Reflect.apply(Reflect.get(item ?? {}, 'click'), item, [])
    })
    await heading('shop').waitFor()
  })

  it('take back what was typed into a field, and do it again', async () => {
    const { page } = studio
    await page
      .getByRole('navigation', { name: 'Rooms' })
      .getByRole('button', { name: 'Pipelines', exact: true })
      .click()
    await page.getByRole('button', { name: 'New pipeline' }).click()
    const name = page.getByRole('textbox', { name: 'Name of the pipeline' })
    await name.pressSequentially('typed')
    await choose('undo')
    await expect.poll(() => name.inputValue()).not.toBe('typed')
    await choose('redo')
    await expect.poll(() => name.inputValue()).toBe('typed')
    await page.keyboard.press('Escape')
  })

  it('take back what was typed into the code editor, and do it again', async () => {
    const { page } = studio
    await page.keyboard.press('Control+Shift+s')
    const editor = front(page).locator('.monaco-editor').first()
    await editor.click()
    await page.keyboard.type('SELECT 4711')
    const line = editor.locator('.view-line', { hasText: '4711' })
    await line.waitFor()
    await choose('undo')
    await line.waitFor({ state: 'detached' })
    await choose('redo')
    await line.waitFor()
  })

  it('make a workspace in a new folder', async () => {
    await answerDialogs(join(studio.home, 'fresh'))
    await choose('new-workspace')
    await heading('fresh').waitFor()
    await expect.poll(() => labels('recent')).toEqual([`fresh — ${studio.home}/fresh`, `shop — ${shop}`])
  })

  it('import a file of GB18030 that was chosen in the dialog of the system', async () => {
    await answerDialogs(join(studio.home, 'cities.csv'))
    await choose('open-file')
    const grid = front(studio.page).getByRole('grid')
    await grid.getByRole('columnheader', { name: /城市/ }).waitFor()
    for (const city of ['北京', '㛃']) await grid.getByRole('gridcell', { name: city }).waitFor()
    await front(studio.page).getByText('Rejected rows: 1').waitFor()
    const [asked] = await studio.app.evaluate(() => Reflect.get(globalThis, 'asked'))
    expect(asked).toMatchObject({ properties: ['openFile'] })
  })
})

describe('a second start', () => {
  beforeEach(async () => {
    await choose('close-workspace')
    await heading('Welcome to Runnel').waitFor()
  })

  it('with a link opens its workspace, and what it names there', async () => {
    await startAgain(`runnel://open?workspace=${encodeURIComponent(shop)}&pipeline=cities`)
    await studio.page.getByRole('tab', { name: 'cities' }).waitFor()
    await studio.page.getByRole('toolbar', { name: 'Pipeline' }).waitFor()
  })

  it('with a file of ours opens its workspace', async () => {
    await startAgain(join(shop, 'shop.runnel'))
    await studio.page.getByText('shop', { exact: true }).first().waitFor()
    await expect.poll(() => studio.page.getByRole('heading', { name: 'Welcome to Runnel' }).count()).toBe(0)
  })
})
