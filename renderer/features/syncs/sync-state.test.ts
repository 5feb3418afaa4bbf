import { expect, it } from 'vitest'
import { alarmingShare, stateOf } from './sync-state.ts'

it.each([
  ['no reader', undefined, undefined],
  ['a source without a limit', { lagBytes: 9e12 }, undefined],
  ['a little of much', { lagBytes: 10, headroomBytes: 90 }, undefined],
  ['half of it', { lagBytes: 50, headroomBytes: 50 }, 0.5],
  ['nothing left', { lagBytes: 80, headroomBytes: 0 }, 1],
  ['nothing held back', { lagBytes: 0, headroomBytes: 0 }, undefined],
])('warns of a reader before the source gives it up: %s', (_case, reader, share) => {
  expect(alarmingShare(reader)).toBe(share)
})

it('tells of a sync that never ran', () => {
  expect(stateOf({ isWanted: false, isRun: false })).toBe('stopped')
  expect(stateOf({ isWanted: true, isRun: true })).toBe('preparing')
})
