import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JobFile } from '../../../engine/contract/job-file.ts'
import {
  isEdited,
  type JobContent,
  type JobEdits,
  openEdits,
  redone,
  savedAs,
  undone,
  withDocument,
  withOtherForm,
  withText,
} from './job-edits.ts'

const job = (priority: number): JobFile => ({ version: 1, steps: [{ pipeline: 'a' }], overlap: 'skip', priority })
const file: JobContent = { text: 'file', document: job(0), isPrinted: true }
const opened = openEdits(file)
const priority = ({ now }: JobEdits): number | undefined => now.document?.priority

describe('the edits of a job', () => {
  it('typing in one field is one step, in another the next', () => {
    let edits = opened
    for (const value of [1, 12, 123]) edits = withDocument(edits, job(value), 'priority')
    edits = withDocument(edits, job(7), 'other')
    expect([priority(undone(edits)), priority(undone(undone(edits)))]).toEqual([123, 0])
  })

  it('changes without a field are steps of their own', () => {
    const edits = withDocument(withDocument(opened, job(1), undefined), job(2), undefined)
    expect(priority(undone(edits))).toBe(1)
  })

  it('a change after undo leaves nothing to redo', () => {
    const edits = withDocument(undone(withDocument(opened, job(1), undefined)), job(2), undefined)
    expect(redone(edits)).toBe(edits)
  })

  it('are none at the beginning, after undoing all, and when the text is typed back', () => {
    const typed = withText(opened, 'other')
    expect([opened, typed, undone(typed), withText(typed, 'file')].map(isEdited)).toEqual([false, true, false, false])
  })

  it('the other form is no step, and comes too late when something else was typed meanwhile', () => {
    const edits = withDocument(opened, job(1), undefined)
    const printed = withOtherForm(edits, edits.now, { text: 'printed', isPrinted: true })
    expect([printed.now.text, printed.past.length]).toEqual(['printed', 1])
    const typed = withText(edits, 'typed')
    expect(withOtherForm(typed, edits.now, { text: 'printed', isPrinted: true })).toBe(typed)
    expect(isEdited(withOtherForm(opened, opened.now, { document: job(0) }))).toBe(false)
  })

  it('what is saved is edited no more; what was typed while it was written still is', () => {
    const edits = withDocument(opened, job(1), undefined)
    const saved = savedAs(edits, edits.now, 'one')
    expect([isEdited(saved), saved.now.text, saved.saved.text]).toEqual([false, 'one', 'one'])
    const typed = withDocument(edits, job(2), undefined)
    const late = savedAs(typed, edits.now, 'one')
    expect([isEdited(late), late.now.document, late.saved.text]).toEqual([true, job(2), 'one'])
  })

  it('undo and redo lead through every state and back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (values) => {
        const end = values.reduce((edits, value) => withDocument(edits, job(value), undefined), opened)
        const back = values.reduce((edits) => undone(edits), end)
        const forth = values.reduce((edits) => redone(edits), back)
        expect(back.now).toBe(file)
        expect(forth.now).toBe(end.now)
      }),
    )
  })
})
