import { describe, expect, it } from 'vitest'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { knownRun, mustAsk, NO_WISH, problemsOf, rememberRun, shapeOf, targetsOf, valuesOf } from './run-wish.ts'

const target = (more: Record<string, unknown>) => ({
  type: 'target',
  input: 'a',
  dataset: 'dw:t',
  mode: 'append',
  ...more,
})
const pipeline = (nodes: PipelineFile['nodes'], parameters?: PipelineFile['parameters']): PipelineFile => ({
  version: 1,
  nodes,
  ...(parameters === undefined ? {} : { parameters }),
})
const base = pipeline({ a: { type: 'source' }, t: target({}) })
const agreed = { wish: NO_WISH, targets: targetsOf(base, undefined) }

describe('a run', () => {
  it.each([
    ['never agreed to', base, undefined, true],
    ['into the same target', base, agreed, false],
    ['with other nodes before the target', pipeline({ ...base.nodes, f: { type: 'filter' } }), agreed, false],
    ['into another target', pipeline({ t: target({ dataset: 'dw:other' }) }), agreed, true],
    ['in another mode', pipeline({ t: target({ mode: 'replace' }) }), agreed, true],
    ['with other keys', pipeline({ t: target({ keys: ['id'] }) }), agreed, true],
    ['into one target less', pipeline({ a: { type: 'source' } }), agreed, false],
    ['in another environment', base, { ...agreed, wish: { ...NO_WISH, environment: 'prod' } }, true],
    ['that lacks a value', pipeline(base.nodes, { since: { type: 'DATE' } }), agreed, true],
    ['with a default', pipeline(base.nodes, { since: { type: 'DATE', default: '2026-01-01' } }), agreed, false],
  ])('%s', (_case, document, known, asks) => {
    expect(mustAsk(document, known)).toBe(asks)
  })

  it('is remembered by workspace and pipeline', () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    const run = {
      wish: { parameters: { since: '2026-02-03' }, environment: 'test', limits: { threads: 2 } },
      targets: ['x'],
    }
    rememberRun(storage, { workspace: '/w', pipeline: 'p' }, run)
    expect(knownRun(storage, '/w', 'p')).toEqual(run)
    expect(knownRun(storage, '/w', 'q')).toBeUndefined()
    expect(knownRun({ getItem: () => 'no json' }, '/w', 'p')).toBeUndefined()
    expect(knownRun({ getItem: () => '{"wish":1}' }, '/w', 'p')).toBeUndefined()
  })
})

describe('values of parameters', () => {
  it.each([
    ['DATE', '2026-02-30x', 'date'],
    ['DATE', '2026-02-03', undefined],
    ['BIGINT', '1.5', 'number'],
    ['BIGINT', '9223372036854775807', undefined],
    ['DECIMAL(18,2)', '1e3', undefined],
    ['DOUBLE', 'ten', 'number'],
    ['VARCHAR', 'anything', undefined],
    ['VARCHAR', ' ', 'missing'],
  ])('%s %s', (type, value, problem) => {
    expect(problemsOf({ p: { type } }, { p: value }).get('p')).toBe(problem)
  })

  it('are given where they were typed and are declared', () => {
    const declared = { a: { type: 'DATE' }, b: { type: 'INTEGER', default: 3 } }
    expect(valuesOf(declared, { a: ' 2026-01-01 ', b: '', gone: 'x' })).toEqual({ a: '2026-01-01' })
  })

  it.each([
    ['boolean', 'boolean'],
    ['UBIGINT', 'integer'],
    ['int', 'integer'],
    ['NUMERIC(10, 2)', 'number'],
    ['DATE', 'date'],
    ['TIMESTAMP', 'text'],
    ['INTERVAL', 'text'],
  ])('%s is typed as %s', (type, shape) => {
    expect(shapeOf(type)).toBe(shape)
  })
})
