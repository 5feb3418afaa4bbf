import { describe, expect, it, vi } from 'vitest'

// Electron's module outside of Electron is the path of a binary that may not be there.
vi.mock('electron', () => ({ dialog: {} }))
const { dialogOptions, pathQuestionSchema } = await import('./choose-path.ts')

const ASKED = { kind: 'folder', title: 'Open', action: 'Open' } as const

describe('questions for a path', () => {
  it.each([
    ['a folder', ASKED, { properties: ['openDirectory'] }],
    [
      'a new folder',
      { ...ASKED, mayBeNew: true },
      { properties: ['openDirectory', 'createDirectory', 'promptToCreate'] },
    ],
    ['a file', { ...ASKED, kind: 'file' as const }, { properties: ['openFile'] }],
    [
      'some files from a folder',
      { ...ASKED, kind: 'file' as const, extensions: ['.csv', '.txt'], startAt: '/data' },
      { properties: ['openFile'], defaultPath: '/data', filters: [{ name: 'Open', extensions: ['csv', 'txt'] }] },
    ],
  ])('for %s', (_case, question, expected) => {
    expect(dialogOptions(question)).toEqual({ title: 'Open', buttonLabel: 'Open', ...expected })
  })

  it.each([
    ['no question', undefined],
    ['another kind', { ...ASKED, kind: 'socket' }],
    ['more than asked', { ...ASKED, properties: ['multiSelections'] }],
    ['an ending that is a path', { ...ASKED, extensions: ['../x'] }],
    ['a very long title', { ...ASKED, title: 'x'.repeat(201) }],
  ])('refuse %s', (_case, question) => {
    expect(pathQuestionSchema.safeParse(question).success).toBe(false)
  })
})
