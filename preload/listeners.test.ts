import { describe, expect, it } from 'vitest'
import { topic } from './listeners.ts'

describe('a topic', () => {
  it.each([
    ['all', [1, 2, 3], [3]],
    ['last', [2, 3], [2, 3]],
    ['none', [3], [3]],
  ] as const)('that keeps %s tells its first and its second listener', (keeps, first, second) => {
    const heardTopic = topic<number>(keeps)
    const heard: number[][] = [[], []]
    heardTopic.tell(1)
    heardTopic.tell(2)
    heardTopic.listen((event) => heard[0]?.push(event))
    heardTopic.listen((event) => heard[1]?.push(event))
    heardTopic.tell(3)
    expect(heard).toEqual([first, second])
  })

  it('tells nothing to one who stopped listening', () => {
    const heardTopic = topic<number>('none')
    const heard: number[] = []
    const stop = heardTopic.listen((event) => heard.push(event))
    heardTopic.tell(1)
    stop()
    heardTopic.tell(2)
    expect(heard).toEqual([1])
  })
})
