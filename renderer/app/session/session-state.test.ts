import { describe, expect, it } from 'vitest'
import type { EngineLink } from './engine-link.ts'
import { nextSession, retryDelayMs, type SessionEvent, type SessionState } from './session-state.ts'

const link = (name: string): EngineLink => ({
  // Only its identity matters here; nothing is called on it.
  client: Object.create(null),
  ended: Promise.resolve(name === 'x' ? 'lost' : 'closed'),
  close: () => undefined,
})
const [mine, older] = [link('a'), link('b')]

const STATES: Record<string, SessionState> = {
  login: { phase: 'login', isRefused: false },
  connecting: { phase: 'connecting', workspace: '/w', attempt: 1 },
  ready: { phase: 'ready', workspace: '/w', link: mine },
  lost: { phase: 'lost', workspace: '/w', link: mine, attempt: 2 },
}

const EVENTS: Record<string, SessionEvent> = {
  opened: { kind: 'opened', link: mine },
  'refused: lost': { kind: 'refused', end: 'lost' },
  'refused: token': { kind: 'refused', end: 'token' },
  'refused: workspace': { kind: 'refused', end: 'workspace' },
  'ended: lost': { kind: 'ended', link: mine, end: 'lost' },
  'ended: older': { kind: 'ended', link: older, end: 'lost' },
  'ended: closed': { kind: 'ended', link: mine, end: 'closed' },
  login: { kind: 'login' },
  choose: { kind: 'choose', workspace: '/other' },
}

/** Every event in every state: phase, workspace, attempt. */
const TABLE: Record<string, Record<string, string>> = {
  login: {
    opened: 'ready - -',
    'refused: lost': 'login - -',
    'refused: token': 'login - -',
    'refused: workspace': 'connecting - 0',
    'ended: lost': 'login - -',
    'ended: older': 'login - -',
    'ended: closed': 'login - -',
    login: 'connecting - 0',
    choose: 'connecting /other 0',
  },
  connecting: {
    opened: 'ready /w -',
    'refused: lost': 'connecting /w 2',
    'refused: token': 'login - -',
    'refused: workspace': 'connecting - 0',
    'ended: lost': 'connecting /w 1',
    'ended: older': 'connecting /w 1',
    'ended: closed': 'connecting /w 1',
    login: 'connecting - 0',
    choose: 'connecting /other 0',
  },
  ready: {
    opened: 'ready /w -',
    'refused: lost': 'lost /w 0',
    'refused: token': 'login - -',
    'refused: workspace': 'connecting - 0',
    'ended: lost': 'lost /w 0',
    'ended: older': 'ready /w -',
    'ended: closed': 'ready /w -',
    login: 'connecting - 0',
    choose: 'connecting /other 0',
  },
  lost: {
    opened: 'ready /w -',
    'refused: lost': 'lost /w 3',
    'refused: token': 'login - -',
    'refused: workspace': 'connecting - 0',
    'ended: lost': 'lost /w 3',
    'ended: older': 'lost /w 2',
    'ended: closed': 'lost /w 2',
    login: 'connecting - 0',
    choose: 'connecting /other 0',
  },
}

const print = (state: SessionState): string =>
  [
    state.phase,
    state.phase === 'login' ? '-' : (state.workspace ?? '-'),
    'attempt' in state ? state.attempt : '-',
  ].join(' ')

describe('the session', () => {
  for (const [state, row] of Object.entries(TABLE)) {
    it.each(Object.entries(row))(`in ${state} on %s`, (event, expected) => {
      const [before, what] = [STATES[state], EVENTS[event]]
      if (before === undefined || what === undefined) throw new Error('not in the table')
      expect(print(nextSession(before, what))).toBe(expected)
    })
  }

  it('has a row for every event in every state', () => {
    for (const state of Object.keys(STATES)) expect(Object.keys(TABLE[state] ?? {})).toEqual(Object.keys(EVENTS))
  })

  it('waits longer each time, five seconds at most', () => {
    expect([0, 1, 2, 3, 10].map(retryDelayMs)).toEqual([0, 200, 400, 800, 5_000])
  })
})
