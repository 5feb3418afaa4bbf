import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const text = (what: string): string => `version: 1\ndescription: ${what}\nnodes: {}\n`
const LAYOUT = { version: 1 as const, nodes: { b: { x: 2, y: 2 }, a: { x: 1, y: 1 } }, notes: [], groups: [] }

let site: TestEngine
const read = (file: string): Promise<string> => readFile(join(site.directory, file), 'utf8')
const files = async (): Promise<string[]> => (await readdir(join(site.directory, 'pipelines'))).toSorted()

beforeEach(async () => {
  site = await openTestEngine({
    'pipelines/orders.yaml': text('orders'),
    'pipelines/orders.tests.yaml': 'version: 1\ntests: {}\n',
    'jobs/nightly.yaml': 'version: 1\nsteps:\n  - pipeline: orders\n',
  })
})
afterEach(() => site[Symbol.asyncDispose]())

/** Whether names that differ in case only are different files here. */
async function isCaseSensitive(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'runnel-case-'))
  await writeFile(join(folder, 'a'), '')
  const isOther = await readFile(join(folder, 'A')).then(
    () => false,
    () => true,
  )
  await rm(folder, { recursive: true })
  return isOther
}

describe('renaming a pipeline', () => {
  it('takes layout, tests and draft with it and names the jobs that run it', async () => {
    const { engine } = site
    await engine.pipelines.saveLayout({ pipeline: 'orders', layout: LAYOUT })
    await engine.drafts.save({ file: 'pipelines/orders.yaml', text: text('unsaved') })
    expect(await engine.pipelines.rename({ pipeline: 'orders', to: '订单' })).toEqual({
      renamed: ['pipelines/订单.yaml', 'pipelines/订单.tests.yaml', 'pipelines/订单.layout.json'],
      usedBy: ['nightly'],
    })
    expect(await files()).toEqual(['订单.layout.json', '订单.tests.yaml', '订单.yaml'])
    expect(await engine.drafts.list()).toMatchObject([{ file: 'pipelines/订单.yaml', text: text('unsaved') }])
  })

  it.each([
    ['another name', 'sales'],
    ['a name with other letters of the same word', 'ORDERS'],
    ['mixed case', 'Orders'],
  ])('never takes the place of another pipeline: %s', async (_case, taken) => {
    if (taken.toLowerCase() === 'orders' && !(await isCaseSensitive())) return
    await site.write(`pipelines/${taken}.yaml`, text('another'))
    const before = await files()
    expect(await codeOf(site.engine.pipelines.rename({ pipeline: 'orders', to: taken }))).toBe('workspace.name_taken')
    expect(await files()).toEqual(before)
    expect(await read(`pipelines/${taken}.yaml`)).toBe(text('another'))
    expect(await read('pipelines/orders.yaml')).toBe(text('orders'))
  })

  it('never takes the place of tests that somebody left under the new name, and moves nothing then', async () => {
    await site.write('pipelines/sales.tests.yaml', 'version: 1\ntests: { kept: {} }\n')
    expect(await codeOf(site.engine.pipelines.rename({ pipeline: 'orders', to: 'sales' }))).toBe('workspace.name_taken')
    expect(await files()).toEqual(['orders.tests.yaml', 'orders.yaml', 'sales.tests.yaml'])
  })

  it('changes the case of a name where no other file has it', async () => {
    await site.engine.pipelines.rename({ pipeline: 'orders', to: 'Orders' })
    expect(await files()).toEqual(['Orders.tests.yaml', 'Orders.yaml'])
    expect(await read('pipelines/Orders.yaml')).toBe(text('orders'))
  })

  it.each([
    ['its own name', 'orders', 'workspace.name_taken'],
    ['a path', '../orders', 'workspace.name_invalid'],
    ['nothing', '', 'workspace.name_invalid'],
  ])('refuses %s', async (_case, to, code) => {
    expect(await codeOf(site.engine.pipelines.rename({ pipeline: 'orders', to }))).toBe(code)
    expect(await read('pipelines/orders.yaml')).toBe(text('orders'))
  })
})

describe('the layout of a pipeline', () => {
  it('is written in name order, so that a commit shows what moved, and read again', async () => {
    const { engine } = site
    await engine.pipelines.saveLayout({ pipeline: 'orders', layout: LAYOUT })
    const written = await read('pipelines/orders.layout.json')
    expect(written.indexOf('"a"')).toBeLessThan(written.indexOf('"b"'))
    expect(await engine.pipelines.layout({ pipeline: 'orders' })).toEqual(LAYOUT)
  })

  it.each([
    ['no file', undefined],
    ['text that is not JSON', '{ "nodes": '],
    ['JSON that is no layout', '{ "version": 7 }'],
  ])('is empty for %s', async (_case, content) => {
    if (content !== undefined) await site.write('pipelines/orders.layout.json', content)
    expect((await site.engine.pipelines.layout({ pipeline: 'orders' })).nodes).toEqual({})
  })
})

describe('drafts', () => {
  const file = 'pipelines/orders.yaml'

  it('are there for the next engine, with the layout, until they are thrown away', async () => {
    await site.engine.drafts.save({ file, text: 'version: [', layout: LAYOUT })
    const [draft] = await site.as({}).drafts.list()
    expect(draft).toMatchObject({ file, text: 'version: [', layout: LAYOUT })
    expect(await site.engine.drafts.discard({ file })).toEqual({ existed: true })
    expect(await site.engine.drafts.discard({ file })).toEqual({ existed: false })
    expect(await site.engine.drafts.list()).toEqual([])
  })

  it('say whether the file is another than the one they began with', async () => {
    const { digest } = await site.engine.pipelines.get({ pipeline: 'orders' })
    await site.engine.drafts.save({ file, text: 'x', baseDigest: digest })
    expect((await site.engine.drafts.list())[0]?.isBaseChanged).toBe(false)
    await site.write(file, text('changed by somebody'))
    expect((await site.engine.drafts.list())[0]?.isBaseChanged).toBe(true)
  })

  it('replace the one of the same file only', async () => {
    for (const [of, what] of [
      [file, 'first'],
      ['jobs/nightly.yaml', 'of a job'],
      ['pipelines/Orders.yaml', 'of another case'],
      [file, 'second'],
    ] as const) {
      await site.engine.drafts.save({ file: of, text: what })
    }
    const texts = (await site.engine.drafts.list()).map((one) => one.text)
    expect(texts.toSorted()).toEqual(['of a job', 'of another case', 'second'])
  })

  it.each(['../../elsewhere.yaml', 'secrets/a.yaml', '.runnel/drafts/x', 'pipelines/a/b.yaml', '/etc/passwd'])(
    'are kept for files of a workspace only, not for %s',
    async (other) => {
      expect(await codeOf(site.engine.drafts.save({ file: other, text: '' }))).toBe('workspace.name_invalid')
    },
  )

  it('go with the pipeline that is removed', async () => {
    await site.engine.drafts.save({ file, text: 'x' })
    await site.engine.pipelines.remove({ pipeline: 'orders' })
    expect(await site.engine.drafts.list()).toEqual([])
    expect(await files()).toEqual([])
  })
})
