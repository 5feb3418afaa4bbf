import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '../contract/failure.ts'
import type { CompiledNode, CompiledPipeline, OutputRef } from '../pipeline/compiled.ts'
import { relationName } from '../pipeline/compiled.ts'
import { id, sql } from '../sql/sql.ts'
import { planFlow } from './flow-plan.ts'
import { neededFor } from './needed.ts'
import { planStrategy } from './plan-strategy.ts'
import { assertRejectLimits } from './reject-limits.ts'
import { decideRetry } from './retry.ts'
import { emptyCounts, tallyRun } from './row-counts.ts'

const out = (of: string, output = 'out'): OutputRef => ({ node: of, output })

function node(
  name: string,
  inputs: readonly OutputRef[],
  more: Partial<CompiledNode> & { names?: string[] } = {},
): CompiledNode {
  const { names = ['out'], ...rest } = more
  const outputs = names.map((output) => ({
    ref: { node: name, output },
    columns: [],
    relation: sql`SELECT * FROM ${id(inputs[0] === undefined ? '' : relationName(inputs[0]))}`,
  }))
  return { name, type: 'test', inputs, outputs, scope: 'row', rejectOutputs: [], ...rest }
}

function pipeline(
  sources: readonly string[],
  nodes: readonly CompiledNode[],
  targets: readonly (readonly [string, OutputRef, ('checksum' | 'counts')?])[],
): CompiledPipeline {
  return {
    name: 'p',
    sources: sources.map((name) => ({ node: name, dataset: `c:${name}`, options: undefined })),
    nodes,
    targets: targets.map(([name, input, verify = 'checksum']) => ({
      node: name,
      input,
      dataset: `c:${name}`,
      mode: 'append',
      keys: [],
      ddl: 'create',
      verify,
      options: undefined,
    })),
    needsLocator: false,
    warnings: [],
  }
}

describe('planStrategy', () => {
  const identity = pipeline(['s'], [], [['t', out('s'), 'counts']])
  const checked = pipeline(['s'], [], [['t', out('s')]])
  const rowWise = pipeline(['s'], [node('f', [out('s')])], [['t', out('f')]])
  const setWise = pipeline(['s'], [node('f', [out('s')], { scope: 'set' })], [['t', out('f')]])
  const twoSources = pipeline(['s', 'r'], [node('f', [out('s'), out('r')])], [['t', out('f')]])
  it.each([
    ['bytes: identity with a common format', identity, { hasCommonBytes: true, readings: ['parts'] }],
    ['streamed: identity without one', identity, { hasCommonBytes: false, readings: ['parts'] }],
    ['streamed: identity verified by checksum', checked, { hasCommonBytes: true, readings: ['parts'] }],
    ['streamed: row nodes over parts', rowWise, { hasCommonBytes: false, readings: ['parts'] }],
    ['set: row nodes over a relation', rowWise, { hasCommonBytes: false, readings: ['relation'] }],
    ['set: a set node', setWise, { hasCommonBytes: false, readings: ['parts'] }],
    ['set: two sources', twoSources, { hasCommonBytes: false, readings: ['parts', 'parts'] }],
  ] as const)('%s', (name, compiled, facts) => {
    expect(planStrategy(compiled, facts)).toBe(name.split(':')[0])
  })
})

describe('planFlow', () => {
  it.each([
    ['a view for one reader', pipeline(['s'], [node('f', [out('s')])], [['t', out('f')]]), false, false],
    [
      'a table for two readers',
      pipeline(
        ['s'],
        [node('f', [out('s')])],
        [
          ['t', out('f')],
          ['u', out('f')],
        ],
      ),
      false,
      true,
    ],
    ['a table for volatile SQL', pipeline(['s'], [node('f', [out('s')])], [['t', out('f')]]), true, true],
    [
      'a table for a set node with a checksum',
      pipeline(['s'], [node('f', [out('s')], { scope: 'set' })], [['t', out('f')]]),
      false,
      true,
    ],
    [
      'a view for a set node counted only',
      pipeline(['s'], [node('f', [out('s')], { scope: 'set' })], [['t', out('f'), 'counts']]),
      false,
      false,
    ],
    [
      'a table before a node of two outputs',
      pipeline(
        ['s'],
        [node('f', [out('s')]), node('g', [out('f')], { names: ['out', 'rejects'], rejectOutputs: ['rejects'] })],
        [['t', out('g')]],
      ),
      false,
      true,
    ],
  ])('makes %s', (_case, compiled, isVolatile, isTable) => {
    expect(planFlow(compiled, () => isVolatile).outputs[0]?.isTable).toBe(isTable)
  })
})

describe('assertRejectLimits', () => {
  it.each([
    [{ maxRejects: 3 }, { read: 10n, rejected: 3n }, true],
    [{ maxRejectShare: 0.1 }, { read: 10n, rejected: 1n }, true],
    [{ maxRejectShare: 0.1 }, { read: 10n, rejected: 2n }, false],
    [{ maxRejectShare: 0 }, { read: 0n, rejected: 0n }, true],
    [{}, { read: 10n, rejected: 10n }, true],
  ])('lets %o pass with %o, at the end: %s', (limits, totals, isFinal) => {
    expect(() => assertRejectLimits(limits, totals, isFinal)).not.toThrow()
  })

  it.each([
    [{ maxRejects: 3 }, { read: 10n, rejected: 4n }, false],
    [{ maxRejects: 0 }, { read: 10n, rejected: 1n }, true],
    [{ maxRejectShare: 0.1 }, { read: 10n, rejected: 2n }, true],
  ])('stops %o with %o, at the end: %s', (limits, totals, isFinal) => {
    const check = (): void => assertRejectLimits(limits, totals, isFinal)
    expect(check).toThrow(expect.objectContaining({ code: 'run.too_many_rejects' }))
  })
})

describe('decideRetry', () => {
  const policy = { attempts: 4, delayMs: 1_000, maxDelayMs: 3_000 }
  const away = new Failure('source.unavailable', { source: 's', reason: 'away' })
  const wrong = new Failure('source.unauthorized', { source: 's', reason: 'no' })
  it.each([
    [away, 1, 0, { kind: 'wait', waitMs: 1_000 }],
    [away, 1, 1, { kind: 'wait', waitMs: 500 }],
    [away, 2, 0, { kind: 'wait', waitMs: 2_000 }],
    [away, 3, 0, { kind: 'wait', waitMs: 3_000 }],
    [away, 4, 0, { kind: 'stop', because: 'attempts_used' }],
    [wrong, 1, 0, { kind: 'stop', because: 'not_retryable' }],
  ] as const)('case %#', (failure, attempt, jitter, expected) => {
    expect(decideRetry(failure, attempt, policy, jitter)).toEqual(expected)
  })
})

describe('tallyRun', () => {
  it('balances over any graph and any counts, and notices a row too many', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.bigInt(0n, 50n), fc.bigInt(0n, 9n)), { minLength: 1, maxLength: 8 }),
        fc.bigInt(0n, 50n),
        (shape, read) => {
          const counts = emptyCounts()
          counts.delivered.set('s', read)
          counts.unreadable.set('s', 2n)
          const outputs = [out('s')]
          const nodes = shape.map(([pick, rows, rejects], i) => {
            const name = `n${i}`
            const made = node(name, [outputs[pick % outputs.length] ?? out('s')], {
              names: ['out', 'rejects'],
              rejectOutputs: ['rejects'],
            })
            outputs.push(out(name))
            counts.outputs.set(name, rows).set(`${name}.rejects`, rejects)
            return made
          })
          const last = out(`n${shape.length - 1}`)
          const whole = pipeline(['s'], nodes, [
            ['t', last],
            ['u', last],
            ['r', out('n0', 'rejects')],
          ])
          const needed = neededFor(whole, { targets: whole.targets })
          const rows = counts.outputs.get(last.node) ?? 0n
          counts.staged
            .set('t', rows)
            .set('u', rows)
            .set('r', counts.outputs.get('n0.rejects') ?? 0n)
          const tally = tallyRun(needed, counts)
          expect(BigInt(tally.read) + BigInt(tally.generated)).toBe(
            BigInt(tally.written) + BigInt(tally.rejected) + BigInt(tally.filtered),
          )
          expect(BigInt(tally.written)).toBe(2n * rows)
          counts.staged.set('t', rows + 1n)
          expect(() => tallyRun(needed, counts)).toThrow(expect.objectContaining({ code: 'run.rows_unaccounted' }))
        },
      ),
    )
  })
})
