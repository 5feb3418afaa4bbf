import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { FAILURES } from '../engine/contract/failure-catalogue.ts'
import type { FailureSpec } from '../engine/contract/failure-spec.ts'
import { FAILURE_DOCS, failureDocs } from './failure-docs.ts'

it('documents every failure as the catalogue has it (else: node scripts/write-failure-docs.ts)', async () => {
  expect(await readFile(FAILURE_DOCS, 'utf8')).toBe(failureDocs())
})

const specs: [string, FailureSpec][] = Object.entries(FAILURES)

it.each(specs)('%s says cause and next step in both languages, filled from its own parameters', (_code, spec) => {
  const known = new Set(Object.keys(spec.parameters.shape))
  const [en, zh] = [`${spec.message.en} ${spec.next.en}`, `${spec.message.zh} ${spec.next.zh}`]
  const named = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  expect([...named(en), ...named(zh)].filter((name) => !known.has(name))).toEqual([])
  expect(new Set(named(zh))).toEqual(new Set(named(en)))
  expect([spec.message.en, spec.next.en, spec.message.zh, spec.next.zh].filter((text) => text.trim() === '')).toEqual(
    [],
  )
  expect(/\p{Script=Han}/u.test(zh) && !/\p{Script=Han}/u.test(en)).toBe(true)
})
