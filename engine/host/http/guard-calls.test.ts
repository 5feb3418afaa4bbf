import { describe, expect, it } from 'vitest'
import { failing, failingEvents } from '../router/failing.ts'
import { guardCalls } from './guard-calls.ts'

const CONTEXT = { language: 'en' as const, variables: {}, workspaceDirectory: '/' }

/** What was reported while a call was served whose caller may have given it up. */
async function reported(work: (signal: AbortSignal) => Promise<unknown>, isGivenUp: boolean): Promise<unknown[]> {
  const errors: unknown[] = []
  const caller = new AbortController()
  if (isGivenUp) caller.abort(new DOMException('Client aborted the request', 'AbortError'))
  const guard = guardCalls((_id, error) => errors.push(error), new AbortController().signal)
  const next = (): Promise<unknown> => work(caller.signal)
  const output = await guard({ path: ['data', 'open'], context: CONTEXT, signal: caller.signal, next }).catch(() => [])
  if (typeof output === 'object' && output !== null && Symbol.asyncIterator in output) {
    await Array.fromAsync(output as AsyncIterable<unknown>).catch(() => [])
  }
  return errors
}

const ended = async (signal: AbortSignal): Promise<never> => {
  signal.throwIfAborted()
  throw new Error('not ended')
}

describe('a call that its caller gave up', () => {
  it.each([
    ['as it is', ended],
    ['as the router wraps it', (signal: AbortSignal) => failing(() => ended(signal))],
    [
      'in the midst of its events',
      async (signal: AbortSignal) =>
        failingEvents(
          (async function* () {
            yield 1
            await ended(signal)
          })(),
        ),
    ],
  ])('is nothing to report: %s', async (_case, work) => {
    expect(await reported(work, true)).toEqual([])
  })

  it('is reported all the same when something else went wrong', async () => {
    const fault = new Error('disk on fire')
    const work = (): Promise<never> => failing(() => Promise.reject(fault))
    expect(await reported(work, true)).toEqual([fault])
    expect(await reported(work, false)).toEqual([fault])
  })

  it('is reported when nobody gave it up', async () => {
    expect(await reported((signal) => failing(() => ended(signal)), false)).toEqual([new Error('not ended')])
  })
})
