import { describe, expect, it } from 'vitest'
import { Failure } from '../../../../engine/contract/failure.ts'
import { type Refreshed, refreshEach } from './refresh-each.ts'

async function refreshed(refresh: (dataset: string, stop: () => void) => Promise<unknown>): Promise<string[]> {
  const stopping = new AbortController()
  const told: string[] = []
  await refreshEach({
    datasets: ['a', 'b', 'c'],
    refresh: (dataset) => refresh(dataset, () => stopping.abort()),
    onState: (dataset, { state }: Refreshed) => told.push(`${dataset} ${state}`),
    signal: stopping.signal,
  })
  return told.filter((line) => !line.endsWith('waiting'))
}

describe('several snapshots', () => {
  it('are taken again one after the other', async () => {
    expect(await refreshed(async () => undefined)).toEqual([
      'a running',
      'a done',
      'b running',
      'b done',
      'c running',
      'c done',
    ])
  })

  it('go on after one that fails', async () => {
    const told = await refreshed(async (dataset) => {
      if (dataset === 'a') throw new Failure('run.snapshot_missing', { dataset })
    })
    expect(told).toEqual(['a running', 'a failed', 'b running', 'b done', 'c running', 'c done'])
  })

  it('stop where they are: what is taken is ended, what waits is not begun', async () => {
    const told = await refreshed(async (dataset, stop) => {
      if (dataset !== 'b') return
      stop()
      throw new Error('aborted')
    })
    expect(told).toEqual(['a running', 'a done', 'b running', 'b stopped', 'c stopped'])
  })
})
