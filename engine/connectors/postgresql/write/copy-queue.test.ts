import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../sql/sql.ts'
import { CopyQueue } from './copy-queue.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-copies-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function file(name: string, rows: number): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, '1\n'.repeat(rows))
  return path
}

interface Fake {
  readonly queue: CopyQueue
  opened: number
  disposed: number
}

/** A queue over connections that count lines; `meet` is called between the bytes of a file and its end. */
function fakeQueue(connections: number, meet: () => Promise<unknown>): Fake {
  const connect = () => ({
    copyIn: async (_statement: unknown, bytes: AsyncIterable<Uint8Array>): Promise<bigint> => {
      let rows = 0n
      for await (const piece of bytes) rows += BigInt(Buffer.from(piece).toString().split('\n').length - 1)
      await meet()
      return rows
    },
    [Symbol.asyncDispose]: async () => {
      fake.disposed++
    },
  })
  const open = async () => {
    fake.opened++
    return connect()
  }
  const queue = new CopyQueue({
    statement: sql`COPY t FROM STDIN (FORMAT csv)`,
    connection: connect(),
    open,
    connections,
    call: { side: 'target' },
  })
  const fake: Fake = { queue, opened: 0, disposed: 0 }
  return fake
}

describe('a queue of copies', () => {
  it.each([1, 2, 5])(
    'counts every row over %i connections that end in any order, and removes the files',
    async (most) => {
      let turns = 0
      const fake = fakeQueue(most, async () => {
        // Later ones wait less, so that they overtake.
        for (let left = 20 - (turns++ % 20); left > 0; left--) await turn()
      })
      for (let i = 0; i < 20; i++) fake.queue.add(await file(`${i}.csv`, i))
      expect(await fake.queue.drain()).toBe(190n)
      fake.queue.add(await file('later.csv', 10))
      expect(await fake.queue.drain()).toBe(200n)
      expect(await readdir(folder)).toEqual([])
      expect(fake.opened).toBeLessThan(most)
      await fake.queue.close()
      expect(fake.disposed).toBe(fake.opened)
    },
  )

  it('tells the first failure and starts nothing more', async () => {
    const fake = fakeQueue(2, () => Promise.reject(new Error('cut')))
    fake.queue.add(await file('a.csv', 1))
    await expect(fake.queue.drain()).rejects.toThrow('cut')
    fake.queue.add(await file('b.csv', 1))
    await expect(fake.queue.room(0)).rejects.toThrow('cut')
    await fake.queue.close()
    expect(await readdir(folder)).toContain('b.csv')
  })

  it('gives up what still runs when it is closed', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const fake = fakeQueue(1, () => held)
    fake.queue.add(await file('a.csv', 1))
    fake.queue.add(await file('b.csv', 1))
    await turn()
    const closing = fake.queue.close()
    release()
    await closing
    await expect(fake.queue.drain()).rejects.toThrow('given up')
    expect(await readdir(folder)).toContain('b.csv')
  })
})
