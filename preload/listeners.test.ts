import { describe, expect, it } from 'vitest'
import { topic } from './listeners.ts'

describe('a topic', () => {
  it.each([
    ['all', [1, 2, 3], [3]],
    ['last', [2, 3], [2, 3]],
    ['none', [3], [3]],
  ] as const)('that keeps %s tells its first and its second listener', (keeps, first, second) => {
    const { tell, listen } = topic<number>(keeps)
    const heard: number[][] = [[], []]
    tell(1)
    tell(2)
    listen((event) => heard[0]?.push(event))
    listen((event) => heard[1]?.push(event))
    tell(3)
    expect(heard).toEqual([first, second])
  })

  it('tells nothing to one who stopped listening', () => {
    const { tell, listen } = topic<number>('none')
    const heard: number[] = []
    const stop = listen((event) => heard.push(event))
    tell(1)
    stop()
    tell(2)
    expect(heard).toEqual([1])
  })
})
