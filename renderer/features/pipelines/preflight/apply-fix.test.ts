import { expect, it } from 'vitest'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { NODES } from '../../../../engine/pipeline/nodes/all.ts'
import type { Catalogue } from '../document/inputs.ts'
import { withFix } from './apply-fix.ts'

const title = { en: '', zh: '' }
const catalogue: Catalogue = new Map(
  ['source', 'target'].map((kind) => [
    kind,
    {
      kind,
      group: 'rows' as const,
      title,
      description: title,
      inputs: kind === 'target' ? [{ field: 'input', title, takes: 'one' as const, least: 1 }] : [],
      outputs: [],
      schema: {},
      initial: {},
    },
  ]),
)
const DOCUMENT: PipelineFile = {
  version: 1,
  nodes: {
    rows: { type: 'source', dataset: 'files:a.csv' },
    checked: { type: 'target', dataset: 'erp:b', input: 'rows' },
    out: { type: 'target', dataset: 'erp:a', input: 'rows' },
  },
}
const rules = [{ check: 'expression', expr: 'age < 10', column: 'age' }]

it('puts a step before the target, under a name that is free, and leaves the others', () => {
  const fix = { kind: 'reject' as const, node: 'validate', config: { rules } }
  const mended = withFix(DOCUMENT, { node: 'out' }, fix, catalogue)
  expect(mended?.node).toBe('checked_2')
  expect(mended?.document.nodes).toEqual({
    ...DOCUMENT.nodes,
    out: { type: 'target', dataset: 'erp:a', input: 'checked_2' },
    checked_2: { type: 'validate', rules, input: 'rows' },
  })
  expect(NODES.validate.schema.safeParse(mended?.document.nodes['checked_2'])).toMatchObject({ success: true })
})

it('lets the load widen the table where it can', () => {
  const mended = withFix(DOCUMENT, { node: 'out' }, { kind: 'widen', type: 'integer' }, catalogue)
  expect(mended).toMatchObject({ node: 'out', document: { nodes: { out: { ddl: 'alter' } } } })
})

it.each([
  ['a statement is for the owner of the table', 'out', { kind: 'widen', type: 'integer', statement: 'ALTER TABLE a' }],
  ['a target that is gone', 'gone', { kind: 'widen', type: 'integer' }],
  ['a target that reads nothing', 'rows', { kind: 'map', node: 'map', config: {} }],
] as const)('does nothing: %s', (_case, node, fix) => {
  expect(withFix(DOCUMENT, { node }, fix, catalogue)).toBeUndefined()
})
