import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '../../base/secret.ts'
import type { WorkerAttempt } from '../../jobs/worker-port.ts'
import type { FromWorker, ToWorker, WorkerRequest } from './protocol.ts'
import { spawnWorker } from './spawn-worker.ts'
import type { WorkerListeners } from './worker-process.ts'

const request: WorkerRequest = {
  runId: 'r1',
  attempt: 1,
  workspaceDirectory: '/w',
  pipeline: 'orders',
  parameters: {},
  limits: {},
  runDirectory: '/w/.runnel/runs/r1',
  language: 'en',
}
const COUNTS = { read: '3', generated: '0', written: '3', rejected: '0', filtered: '0' }

let sent: (ToWorker | 'kill')[]
let process: WorkerListeners
let attempt: WorkerAttempt

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  attempt = spawnWorker({
    request,
    variables: {},
    onEvent: () => undefined,
    askKey: () => Promise.resolve(new Secret('k')),
    openWorker: (_variables, listeners) => {
      process = listeners
      return { send: (message) => void sent.push(message), kill: () => void sent.push('kill') }
    },
  })
})
afterEach(() => vi.useRealTimers())

/** What the attempt came to, as a code. */
async function outcome(): Promise<string> {
  const result = await attempt.result
  return result.state === 'succeeded' ? result.counts.written : `${result.failure.code}: ${result.failure.message}`
}

describe('an attempt', () => {
  it.each<[string, FromWorker[], string, string, RegExp]>([
    ['that is done', [{ kind: 'done', counts: COUNTS }], 'exit 0', '', /^3$/],
    ['that is done, and whose process is killed after that', [{ kind: 'done', counts: COUNTS }], 'SIGKILL', '', /^3$/],
    ['whose process died without a word', [], 'exit 9', '', /^run\.worker_lost: .*exit 9/],
    [
      'whose process said why',
      [],
      'exit 1',
      'at x\nError: no memory\n',
      /^run\.worker_lost: .*exit 1: Error: no memory/,
    ],
  ])('%s ends with its process', async (_case, said, how, lastWords, expected) => {
    for (const message of said) process.onMessage(message)
    process.onEnd(how, lastWords)
    expect(await outcome()).toMatch(expected)
  })

  it('starts by its request, and tells that the last word was heard', () => {
    process.onMessage({ kind: 'done', counts: COUNTS })
    expect(sent).toEqual([{ kind: 'start', request }, { kind: 'heard' }])
  })

  it('gives the key when it is asked for', async () => {
    process.onMessage({ kind: 'need-key' })
    await vi.advanceTimersByTimeAsync(0)
    expect(sent.at(-1)).toEqual({ kind: 'key', key: 'k' })
  })

  it('may undo what it began for ten seconds after a cancel', async () => {
    attempt.cancel()
    attempt.cancel()
    await vi.advanceTimersByTimeAsync(9_999)
    expect(sent).not.toContain('kill')
    await vi.advanceTimersByTimeAsync(1)
    expect(sent.filter((one) => one === 'kill')).toHaveLength(1)
  })

  it('is not killed after its end', async () => {
    attempt.cancel()
    process.onEnd('exit 0', '')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(sent).not.toContain('kill')
  })
})
