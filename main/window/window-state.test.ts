import { describe, expect, it } from 'vitest'
import { parseWindowState, placeWindow } from './window-state.ts'

const SCREEN = { x: 0, y: 0, width: 1_920, height: 1_080 }
const RIGHT = { x: 1_920, y: 0, width: 1_280, height: 1_024 }
const state = (x: number, y: number, width = 1_000, height = 700) => ({
  bounds: { x, y, width, height },
  isMaximized: true,
})

describe('where the window opens', () => {
  it.each([
    ['as it was', state(10, 20), [SCREEN], [10, 20, 1_000, 700]],
    ['on the second screen', state(2_000, 20), [SCREEN, RIGHT], [2_000, 20, 1_000, 700]],
    ['in the middle when its screen is gone', state(2_000, 20), [SCREEN], [280, 110, 1_360, 860]],
    ['in the middle when its grip is above the screen', state(10, -50), [SCREEN], [280, 110, 1_360, 860]],
    ['half outside where it can be dragged', state(-500, 20), [SCREEN], [-500, 20, 1_000, 700]],
    ['smaller on a smaller screen', state(0, 0, 3_000, 2_000), [SCREEN], [0, 0, 1_920, 1_080]],
    ['in the middle for the first time', undefined, [SCREEN], [280, 110, 1_360, 860]],
    ['without any screen', undefined, [], [0, 0, 1_360, 860]],
  ])('%s', (_case, kept, screens, [x, y, width, height]) => {
    expect(placeWindow(kept, screens)).toEqual({ bounds: { x, y, width, height }, isMaximized: kept !== undefined })
  })

  it.each([
    ['no JSON', 'x'],
    ['another shape', '{"bounds":{}}'],
    ['a window nobody could use', JSON.stringify({ bounds: { x: 0, y: 0, width: 1, height: 1 }, isMaximized: false })],
  ])('forgets a file that holds %s', (_case, text) => {
    expect(parseWindowState(text)).toBeUndefined()
  })

  it('reads what it wrote', () => {
    expect(parseWindowState(JSON.stringify(state(1, 2)))).toEqual(state(1, 2))
  })
})
