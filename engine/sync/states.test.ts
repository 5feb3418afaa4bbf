import { expect, it } from 'vitest'
import { SYNC_STATES } from '../contract/sync.ts'
import { nextState, SYNC_EVENTS } from './states.ts'

/** Every state x event; `-` cannot happen. */
const TABLE = `
              start      prepared_to_copy prepared_to_follow copied      caught_up lost    retry     refused asked  stop
preparing     -          copying          catching_up        -           -         waiting -         failed  paused stopped
copying       -          -                -                  catching_up -         waiting -         failed  paused stopped
catching_up   -          -                -                  -           streaming waiting -         failed  paused stopped
streaming     -          -                -                  -           -         waiting -         failed  paused stopped
waiting       -          -                -                  -           -         -       preparing failed  -      stopped
paused        preparing  -                -                  -           -         -       -         -       -      stopped
failed        preparing  -                -                  -           -         -       -         -       -      stopped
stopped       preparing  -                -                  -           -         -       -         -       -      stopped`

it('every state answers every event', () => {
  const [events = '', ...lines] = TABLE.trim().split('\n')
  const columns = events.trim().split(/\s+/)
  expect(columns).toEqual([...SYNC_EVENTS])
  const expected = Object.fromEntries(
    lines.map((line) => {
      const [state = '', ...next] = line.trim().split(/\s+/)
      return [state, Object.fromEntries(columns.map((event, i) => [event, next[i]]))]
    }),
  )
  const told = Object.fromEntries(
    SYNC_STATES.map((state) => [
      state,
      Object.fromEntries(SYNC_EVENTS.map((event) => [event, nextState(state, event) ?? '-'])),
    ]),
  )
  expect(told).toEqual(expected)
})
