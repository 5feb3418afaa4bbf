import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SyncProcess } from '../../jobs/sync-port.ts'
import type { FromWorker, ToWorker } from './protocol.ts'
import { spawnSync } from './spawn-sync.ts'
import type { WorkerListeners } from './worker-process.ts'

let sent: (ToWorker['kind'] | 'kill')[]
let process: WorkerListeners
let sync: SyncProcess

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  sync = spawnSync({
    request: { sync: 's', workspaceDirectory: '/w', statePath: '/s', temporaryDirectory: '/t', language: 'en' },
    variables: {},
    onStatus: () => undefined,
    onAct: () => undefined,
    openWorker: (_variables, listeners) => {
      process = listeners
      return { send: ({ kind }) => void sent.push(kind), kill: () => void sent.push('kill') }
    },
  })
})
afterEach(() => vi.useRealTimers())

const failure = { code: 'sync.no_tables', detail: { sync: 's', source: 'erp' } } as const

it.each<[string, FromWorker[], string]>([
  ['stopped', [{ kind: 'stopped' }], 'stopped'],
  ['refused', [{ kind: 'failed', failure }], 'refused sync.no_tables'],
  ['died', [{ kind: 'alive' }], 'lost sync.process_lost'],
])('a process that %s', async (_case, said, expected) => {
  for (const message of said) process.onMessage(message)
  process.onEnd('SIGKILL', '')
  const end = await sync.end
  expect(end.kind === 'stopped' ? end.kind : `${end.kind} ${end.failure.code}`).toBe(expected)
})

it('ends a process that says nothing for long, not one that says it lives', () => {
  for (let seconds = 0; seconds < 100; seconds += 20) {
    vi.advanceTimersByTime(20_000)
    process.onMessage({ kind: 'alive' })
  }
  expect(sent).toEqual(['start-sync'])
  vi.advanceTimersByTime(30_000)
  expect(sent).toEqual(['start-sync', 'kill'])
})

it('ends a process that does not stop', () => {
  sync.stop()
  sync.stop()
  vi.advanceTimersByTime(11_000)
  expect(sent).toEqual(['start-sync', 'cancel', 'cancel', 'kill'])
})
