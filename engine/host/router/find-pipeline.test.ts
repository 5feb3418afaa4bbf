import { expect, it } from 'vitest'
import type { Workspace } from '../../workspace/workspace.ts'
import { findPipeline, parametersFor } from './find-pipeline.ts'

const file = { version: 1 as const, parameters: { since: { type: 'DATE' }, region: { type: 'VARCHAR' } }, nodes: {} }
const workspace: Workspace = {
  directory: '/w',
  file: { version: 1, name: 'w', environment: 'dev' },
  connections: new Map(),
  environments: new Map([
    ['dev', { version: 1, parameters: { since: '2026-01-01', other: 1 } }],
    ['prod', { version: 1, parameters: { since: '2020-01-01', region: '华东' } }],
  ]),
  pipelines: new Map([['orders', file]]),
  jobs: new Map(),
  syncs: new Map(),
  policies: new Map(),
  rules: new Map(),
  standards: new Map(),
  codeLists: new Map(),
  classes: new Map(),
  problems: [{ file: 'pipelines/broken.yaml', line: 2, column: 1, path: '', message: 'wrong' }],
}

it.each<[string, Parameters<typeof parametersFor>[2], object]>([
  [
    'the default environment, declared ones only',
    { environment: undefined, parameters: undefined },
    { since: '2026-01-01' },
  ],
  ['another environment', { environment: 'prod', parameters: undefined }, { since: '2020-01-01', region: '华东' }],
  [
    'the caller before the environment',
    { environment: 'prod', parameters: { region: null } },
    { since: '2020-01-01', region: null },
  ],
])('takes parameters from %s', (_case, given, expected) => {
  expect(parametersFor(workspace, file, given)).toEqual(expected)
})

it.each([
  ['order', 'workspace.name_unknown'],
  ['broken', 'workspace.invalid'],
])('refuses %s with %s', (name, code) => {
  expect(() => findPipeline(workspace, name)).toThrow(expect.objectContaining({ code }))
})
