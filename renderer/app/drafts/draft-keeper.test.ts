import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type DraftKeeper, draftKeeper } from './draft-keeper.ts'

interface Write {
  readonly at: number
  readonly what: string
}

let unsaved: string | undefined
let writes: Write[]
let isDiskFull: boolean
let keeper: DraftKeeper

const note = async (what: string): Promise<void> => {
  if (isDiskFull) throw new Error('full')
  writes.push({ at: Date.now(), what })
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  unsaved = undefined
  writes = []
  isDiskFull = false
  keeper = draftKeeper({ content: () => unsaved, write: note, drop: () => note('dropped') })
})
afterEach(() => vi.useRealTimers())

const edit = (text: string | undefined): void => {
  unsaved = text
  keeper.changed()
}

describe('drafts', () => {
  it('are at most five seconds old while somebody types without a pause', async () => {
    let oldest = 0
    for (let at = 0; at < 30_000; at += 100) {
      edit(`typed at ${at}`)
      await vi.advanceTimersByTimeAsync(100)
      oldest = Math.max(oldest, Date.now() - (writes.at(-1)?.at ?? 0))
    }
    expect(oldest).toBeLessThanOrEqual(5_000)
    expect(writes.length).toBeLessThan(30)
  })

  it('hold the newest text', async () => {
    edit('a')
    await vi.advanceTimersByTimeAsync(100)
    edit('ab')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(writes.map(({ what }) => what)).toEqual(['ab'])
  })

  it('are taken away when everything is saved', async () => {
    edit('a')
    await vi.advanceTimersByTimeAsync(5_000)
    edit(undefined)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(writes.map(({ what }) => what)).toEqual(['a', 'dropped'])
  })

  it('of an earlier time stay while nothing is edited', async () => {
    edit(undefined)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(writes).toEqual([])
  })

  it('are written again after a failure', async () => {
    isDiskFull = true
    edit('a')
    await vi.advanceTimersByTimeAsync(2_500)
    isDiskFull = false
    await vi.advanceTimersByTimeAsync(5_000)
    expect(writes.map(({ what }) => what)).toEqual(['a'])
  })

  it('are not left behind when everything is saved before they were written', async () => {
    edit('a')
    keeper.settled()
    void keeper.flush()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(writes.map(({ what }) => what)).toEqual(['dropped'])
  })

  it('are not written twice for one text', async () => {
    for (const text of ['a', 'a']) {
      edit(text)
      await vi.advanceTimersByTimeAsync(5_000)
    }
    expect(writes).toHaveLength(1)
  })

  it('are written at once before the page goes away, and not after they were stopped', async () => {
    edit('a')
    await keeper.flush()
    expect(writes.map(({ what }) => what)).toEqual(['a'])
    edit('b')
    keeper.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(writes.map(({ what }) => what)).toEqual(['a'])
  })

  it('never overtake each other', async () => {
    const done: string[] = []
    const slow = draftKeeper({
      content: () => unsaved,
      write: async (text) => {
        await new Promise((resolve) => setTimeout(resolve, text === 'a' ? 9_000 : 10))
        done.push(text)
      },
      drop: async () => undefined,
    })
    unsaved = 'a'
    slow.changed()
    await vi.advanceTimersByTimeAsync(3_000)
    unsaved = 'b'
    slow.changed()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(done).toEqual(['a', 'b'])
  })
})
