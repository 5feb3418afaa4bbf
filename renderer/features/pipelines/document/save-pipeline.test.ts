import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { codeOf, openTestEngine, type TestEngine } from '../../../../engine/host/router/testing/test-engine.ts'
import { isDirty, openEditor, type PipelineEditor } from './editor-store.ts'
import { readText, rewriteText, settledText } from './follow.ts'
import { savePipeline } from './save-pipeline.ts'

const TEXT = '# why\nversion: 1\nnodes:\n  a: { type: source, dataset: "files:a.csv" } # from files\n'
const LIMIT = { type: 'limit', input: 'a', rows: 1 }

let site: TestEngine
let editor: PipelineEditor

beforeEach(async () => {
  site = await openTestEngine({ 'pipelines/p.yaml': TEXT })
  editor = await opened()
})
afterEach(() => site[Symbol.asyncDispose]())

async function opened(): Promise<PipelineEditor> {
  const [stored, layout] = await Promise.all([
    site.engine.pipelines.get({ pipeline: 'p' }),
    site.engine.pipelines.layout({ pipeline: 'p' }),
  ])
  return openEditor({ pipeline: 'p', ...stored, layout })
}

const onDisk = (file: string): Promise<string | undefined> =>
  readFile(join(site.directory, 'pipelines', file), 'utf8').catch(() => undefined)
const draw = (name: string): void =>
  editor.change((document) => ({ ...document, nodes: { ...document.nodes, [name]: LIMIT } }))
const place = (x: number): void => editor.arrange((layout) => ({ ...layout, nodes: { a: { x, y: 0 } } }))
const save = (): Promise<boolean> => savePipeline(site.engine, editor, editor.store.getState().digest)

it('writes what was drawn, with the comments of the text, and where it stands', async () => {
  draw('b')
  place(5)
  expect(await save()).toBe(true)
  const text = await onDisk('p.yaml')
  expect(text).toContain('# from files')
  expect(text).toContain('b:')
  expect(await onDisk('p.layout.json')).toContain('"x": 5')
  expect(isDirty(editor.store.getState())).toBe(false)
})

it('writes what was typed a moment ago together with what was drawn since', async () => {
  editor.typed(`${TEXT}  t: { type: limit, input: a, rows: 2 }\n`)
  draw('d')
  expect(await save()).toBe(true)
  const { document } = await site.engine.pipelines.get({ pipeline: 'p' })
  expect(Object.keys(document.nodes)).toEqual(['a', 't', 'd'])
})

it.each([
  ['the text', () => draw('mine')],
  ['only the layout', () => undefined],
])('writes nothing, and no layout either, when somebody saved meanwhile: %s was edited', async (_case, edit) => {
  const other = await opened()
  other.change((document) => ({ ...document, nodes: { ...document.nodes, theirs: LIMIT } }))
  await savePipeline(site.engine, other, other.store.getState().digest)
  edit()
  place(9)
  expect(await save()).toBe(false)
  expect(await onDisk('p.yaml')).toContain('theirs')
  expect(await onDisk('p.layout.json')).toBeUndefined()
  expect(isDirty(editor.store.getState())).toBe(true)
})

it('takes the draft away that it has written', async () => {
  await site.engine.drafts.save({ file: 'pipelines/p.yaml', text: 'x' })
  draw('b')
  await save()
  expect(await site.engine.drafts.list()).toEqual([])
})

it('does not write text that is no pipeline, nor replace it by what is drawn', async () => {
  editor.typed('version: [')
  await readText(site.engine.pipelines, editor)
  draw('b')
  expect(await codeOf(save())).toBe('workspace.invalid')
  expect(await settledText(site.engine.pipelines, editor)).toBe('version: [')
  expect(await onDisk('p.yaml')).toBe(TEXT)
})

it('says the drawing anew with the comments of what was saved, when it is asked to', async () => {
  editor.typed('version: [')
  await readText(site.engine.pipelines, editor)
  draw('b')
  await rewriteText(site.engine.pipelines, editor)
  expect(editor.store.getState().text).toContain('# from files')
  expect(await save()).toBe(true)
})
