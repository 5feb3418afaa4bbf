import { describe, expect, it, vi } from 'vitest'
import type { CursorPage, Opened } from '../../../../engine/contract/cursor.ts'
import { Failure } from '../../../../engine/contract/failure.ts'
import { type CursorClient, CursorSession } from './cursor-session.ts'

const opened: Opened = {
  cursor: 'c1',
  columns: [{ name: 'a', type: 'INTEGER' }],
  rowCount: null,
  warnings: [],
  elapsedMs: 1,
}
const page: CursorPage = {
  rows: [],
  cut: [],
  rowCount: 3,
  availableRows: 3,
  rejected: 0,
  isReading: false,
  warnings: [],
}
const never = new AbortController().signal

/** A client that notes what it was asked; each answer is made when it is asked. */
function clientOf(answers: Partial<CursorClient>): { client: CursorClient; calls: string[] } {
  const calls: string[] = []
  const noted =
    <Input, Answer>(name: string, answer: (input: Input) => Promise<Answer>) =>
    (input: Input): Promise<Answer> => {
      calls.push(`${name} ${JSON.stringify(input)}`)
      return answer(input)
    }
  const client = {
    rows: noted('rows', answers.rows ?? (() => Promise.resolve(page))),
    cell: noted('cell', answers.cell ?? (() => Promise.resolve({ value: 'whole', type: 'VARCHAR' }))),
    arrange: noted('arrange', answers.arrange ?? (() => Promise.resolve({ ...opened, rowCount: 1 }))),
    close: noted('close', answers.close ?? (() => Promise.resolve({ closed: true }))),
  }
  return { client, calls }
}

describe('a cursor', () => {
  it('asks how many rows there are as soon as it is open', async () => {
    const { client } = clientOf({})
    const session = new CursorSession(client, opened)
    const { fetch } = session.view().source
    await vi.waitFor(() => expect(session.view().source.rowCount).toBe(3))
    expect(session.view().facts).toMatchObject({ rowCount: 3, isReading: false })
    expect(session.view().source.fetch).toBe(fetch)
    session.close()
  })

  it('goes on asking while its source is being read', async () => {
    const pages = [{ ...page, rowCount: null, availableRows: 1, isReading: true }, page]
    const { client } = clientOf({ rows: () => Promise.resolve(pages.shift() ?? page) })
    const session = new CursorSession(client, opened)
    await vi.waitFor(() => expect(session.view().facts).toMatchObject({ rowCount: undefined, availableRows: 1 }))
    await vi.waitFor(() => expect(session.view().facts).toMatchObject({ rowCount: 3, isReading: false }))
    session.close()
  })

  it('makes one call at a time, and none for what is not wanted any more', async () => {
    const first = Promise.withResolvers<CursorPage>()
    const { client, calls } = clientOf({ rows: () => first.promise })
    const session = new CursorSession(client, { ...opened, rowCount: 10 })
    const stop = new AbortController()
    const { fetch } = session.view().source
    const one = fetch(0, 5, never)
    const two = fetch(5, 5, stop.signal)
    stop.abort()
    await vi.waitFor(() => expect(calls).toEqual(['rows {"cursor":"c1","offset":0,"limit":5}']))
    first.resolve(page)
    await one
    await expect(two).rejects.toThrow('aborted')
    expect(await session.cell(2, 0, never)).toBe('whole')
    expect(calls[1]).toBe('cell {"cursor":"c1","row":2,"column":0}')
    session.close()
  })

  it('shows other rows when it is arranged', async () => {
    const { client } = clientOf({})
    const session = new CursorSession(client, opened)
    const { fetch } = session.view().source
    await session.arrange({ sort: [{ column: 'a', direction: 'descending' }] }, never)
    expect(session.view().source.fetch).not.toBe(fetch)
    expect(session.view()).toMatchObject({ isArranging: false, refused: undefined })
    session.close()
  })

  it('keeps its rows when an arrangement is refused', async () => {
    const { client } = clientOf({
      arrange: () => Promise.reject(new Failure('usage.invalid', { reason: 'no such column' })),
    })
    const session = new CursorSession(client, opened)
    const { fetch } = session.view().source
    await session.arrange({ filter: [{ sql: 'x > 1' }] }, never)
    expect(session.view().refused?.code).toBe('usage.invalid')
    expect(session.view().source.fetch).toBe(fetch)
    session.close()
  })

  it('closes the cursor of the engine', () => {
    const { client, calls } = clientOf({})
    new CursorSession(client, opened).close()
    expect(calls).toEqual(['close {"cursor":"c1"}'])
  })
})
