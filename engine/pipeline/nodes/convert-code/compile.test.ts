import { afterAll, expect, it } from 'vitest'
import { openBinder } from '../../../duck/bind.ts'
import { checkPipeline } from '../../compile.ts'

const binder = await openBinder()
afterAll(() => binder[Symbol.asyncDispose]())

const CODES = { M: '1' }

it.each<[string, Record<string, unknown>, string, string]>([
  ['a column that is not there', { column: 'six', codes: CODES }, 'node.unknown_column', 'column'],
  ['a name that is taken', { column: 'sex', to: 'ID', codes: CODES }, 'node.duplicate_name', 'to'],
  ['no codes', { column: 'sex', codes: {} }, 'node.config_invalid', 'codes'],
  ['no default', { column: 'sex', codes: CODES, unmatched: 'default' }, 'node.config_invalid', 'default'],
])('reports %s', async (_title, config, code, field) => {
  const nodes = {
    people: { type: 'source', dataset: 'x:people' },
    n: { type: 'convert_code', input: 'people', ...config },
  }
  const schemas = new Map([
    [
      'people',
      [
        { name: 'id', type: 'INTEGER' },
        { name: 'sex', type: 'VARCHAR' },
      ],
    ],
  ])
  const { problems } = await checkPipeline({
    name: 'p',
    file: { version: 1, nodes },
    schemas,
    parameters: {},
    bind: binder.bind,
  })
  expect(problems.map((problem) => [problem.code, problem.detail['node'], problem.detail['field']])).toEqual([
    [code, 'n', field],
  ])
})
