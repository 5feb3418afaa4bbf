import { describe, expect, it } from 'vitest'
import { actOf, CANVAS_ACTS, CANVAS_KEYS, type PressedKey } from './canvas-keys.ts'

const pressed = (key: string, code: string, held: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('keys of the canvas', () => {
  it.each([
    ['Delete', pressed('Delete', 'Delete'), 'delete'],
    ['Ctrl+F', pressed('f', 'KeyF', { ctrlKey: true }), 'find'],
    ['Cmd+F', pressed('f', 'KeyF', { metaKey: true }), 'find'],
    ['F alone', pressed('f', 'KeyF'), 'fit'],
    ['Shift+1 of a keyboard that writes ! there', pressed('!', 'Digit1', { shiftKey: true }), 'fit'],
    ['Alt+A of a Mac that writes å there', pressed('å', 'KeyA', { altKey: true }), 'left'],
    ['Alt+Shift+H', pressed('H', 'KeyH', { altKey: true, shiftKey: true }), 'across'],
    ['?', pressed('?', 'Slash', { shiftKey: true }), 'keys'],
    ['an arrow', pressed('ArrowLeft', 'ArrowLeft'), undefined],
    ['Ctrl+Z, which the toolbar has', pressed('z', 'KeyZ', { ctrlKey: true }), undefined],
    ['Ctrl+Shift+C', pressed('C', 'KeyC', { ctrlKey: true, shiftKey: true }), undefined],
  ])('%s', (_case, key, expected) => {
    expect(actOf(key)).toBe(expected)
  })

  it('stand for one act each', () => {
    const all = CANVAS_ACTS.flatMap((act) => CANVAS_KEYS[act])
    expect(new Set(all).size).toBe(all.length)
  })
})
