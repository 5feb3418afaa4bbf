import { expect, it } from 'vitest'
import { unrepairedFailures } from './unrepaired-failures.ts'

it.each([
  ['none', '', 0],
  ['one', 'a:failed', 1],
  ['one that was repaired', 'a:succeeded a:failed', 0],
  ['one that failed again', 'a:failed a:succeeded', 1],
  ['two pipelines', 'a:failed b:failed b:succeeded', 2],
  ['one that runs again', 'a:running a:failed', 1],
])('%s', (_case, newestFirst, expected) => {
  const runs = newestFirst
    .split(' ')
    .filter(Boolean)
    .map((run) => {
      const [pipeline = '', state = ''] = run.split(':')
      return { pipeline, state }
    })
  expect(unrepairedFailures(runs)).toBe(expected)
})
