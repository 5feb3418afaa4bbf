import { beforeEach, describe, expect, it } from 'vitest'
import { isDirty, openEditor, type PipelineEditor } from './editor-store.ts'

const opened = {
  pipeline: 'p',
  document: { version: 1 as const, nodes: { a: { type: 'source' } } },
  text: 'version: 1',
  digest: 'd1',
  layout: { version: 1 as const, nodes: {}, notes: [], groups: [] },
}
let editor: PipelineEditor
const now = () => editor.store.getState()

beforeEach(() => {
  editor = openEditor(opened)
})

const addB = (): void =>
  editor.change((document) => ({ ...document, nodes: { ...document.nodes, b: { type: 'filter' } } }))

describe('the editor of a pipeline', () => {
  it('is dirty after a change and clean when it is taken back', () => {
    expect(isDirty(now())).toBe(false)
    addB()
    expect(isDirty(now())).toBe(true)
    editor.undo()
    expect(isDirty(now())).toBe(false)
    editor.redo()
    expect(Object.keys(now().document.nodes)).toEqual(['a', 'b'])
  })

  it('takes no step for a change that changes nothing', () => {
    editor.change((document) => document)
    expect(now().history.past).toEqual([])
  })

  it('takes places on the canvas back too', () => {
    editor.arrange((layout) => ({ ...layout, nodes: { a: { x: 1, y: 2 } } }))
    editor.undo()
    expect(now().layout.nodes).toEqual({})
  })

  it('forgets a selected node that an undo took away', () => {
    addB()
    editor.select(['b'])
    expect(now().shownOutput).toBe('b')
    editor.undo()
    expect(now().selection).toEqual([])
  })

  it('keeps text that is no pipeline, and the last document with it', () => {
    editor.typed('version: [')
    editor.read('version: [', { problems: [] })
    expect([now().text, now().document, isDirty(now())]).toEqual(['version: [', opened.document, true])
  })

  it('drops the text of a document that is not the newest any more', () => {
    const before = now()
    addB()
    editor.printed(before, 'old')
    expect(now().text).toBe('version: 1')
    editor.printed(now(), 'new')
    expect(now().text).toBe('new')
  })

  it('takes back text and drawing together, whichever of them was edited', () => {
    addB()
    editor.printed(now(), 'with b')
    editor.typed('with b and c')
    editor.read('with b and c', { document: { version: 1, nodes: { c: { type: 'sort' } } }, problems: [] })
    const states = [now()]
    for (let step = 0; step < 2; step++) {
      editor.undo()
      states.push(now())
    }
    expect(states.map(({ text, document }) => [text, Object.keys(document.nodes)])).toEqual([
      ['with b and c', ['c']],
      ['with b', ['a', 'b']],
      ['version: 1', ['a']],
    ])
    expect(isDirty(now())).toBe(false)
  })

  it('is clean when the text that was saved is typed again', () => {
    editor.typed('other')
    editor.read('other', { document: { version: 1, nodes: {} }, problems: [] })
    editor.typed('version: 1')
    editor.read('version: 1', { document: structuredClone(opened.document), problems: [] })
    expect(isDirty(now())).toBe(false)
  })

  it('keeps what was drawn while the text is no pipeline, and takes it back when the text is written anew', () => {
    editor.typed('version: [')
    editor.read('version: [', { problems: [] })
    addB()
    editor.rewritten(now().document, 'with b')
    expect([now().text, now().reading, Object.keys(now().document.nodes)]).toEqual(['with b', 'read', ['a', 'b']])
    editor.undo()
    expect([now().text, now().reading]).toEqual(['version: [', 'broken'])
  })

  it('is clean after saving, unless it was changed meanwhile', () => {
    addB()
    const { document, layout, text } = now()
    editor.undo()
    editor.savedAs({ document, layout, text }, 'd2')
    expect([now().digest, isDirty(now())]).toEqual(['d2', true])
    editor.redo()
    expect(isDirty(now())).toBe(false)
  })
})
