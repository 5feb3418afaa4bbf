import { expect, it } from 'vitest'
import type { PipelineState, TextProblem } from '../../../../engine/contract/api/authoring.ts'
import { listedProblems } from './listed-problems.ts'

const node = (name: string, ...severities: ('error' | 'warning')[]): PipelineState['nodes'][number] => ({
  node: name,
  state: 'ok',
  outputs: [],
  inputs: [],
  problems: severities.map((severity) => ({ severity, message: `${severity} of ${name}` })),
})
const state: PipelineState = {
  nodes: [node('a', 'warning'), node('b', 'error', 'warning'), node('c')],
  problems: [{ severity: 'error', message: 'of the whole' }],
}
const text: TextProblem[] = [
  { line: 3, column: 5, endLine: 3, endColumn: 6, path: '', message: 'no YAML', severity: 'error' },
]

it.each([
  ['nothing known', undefined, [], false, []],
  [
    'errors first, in the order of the file',
    state,
    text,
    false,
    ['of the whole', 'error of b', 'warning of a', 'warning of b'],
  ],
  ['of text that is no pipeline its own', state, text, true, ['no YAML']],
] as const)('%s', (_case, known, textProblems, isBroken, wanted) => {
  expect(listedProblems(known, textProblems, isBroken).map(({ message }) => message)).toEqual(wanted)
})

it('says where: the node, or the place in the text', () => {
  expect(listedProblems(state, [], false)[1]).toMatchObject({ node: 'b' })
  expect(listedProblems(state, text, true)[0]).toMatchObject({ place: '3:5' })
})
