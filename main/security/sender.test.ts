import { describe, expect, it } from 'vitest'
import { isOwnSender } from './sender.ts'

describe('the sender of a message', () => {
  it.each([
    ['the top frame of our page', { url: 'app://runnel/index.html', parent: null }, true],
    ['a frame in our page', { url: 'app://runnel/index.html', parent: {} }, false],
    ['the top frame of another page', { url: 'https://example.org/', parent: null }, false],
    ['an empty page', { url: 'about:blank', parent: null }, false],
    ['a frame that is gone', null, false],
  ])('%s', (_case, senderFrame, expected) => {
    expect(isOwnSender({ senderFrame })).toBe(expected)
  })
})
