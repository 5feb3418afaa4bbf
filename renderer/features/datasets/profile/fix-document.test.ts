import { describe, expect, it } from 'vitest'
import { pipelineFileSchema } from '../../../../engine/contract/pipeline-file.ts'
import type { Finding } from '../../../../engine/contract/profile/finding.ts'
import { NODES } from '../../../../engine/pipeline/nodes/all.ts'
import { freeName, remediesOf, remedyDocument } from './fix-document.ts'

const finding = (more: Partial<Finding>): Finding => ({
  code: 'profile.blank_values',
  harm: 'breaks_results',
  columns: ['name'],
  evidence: { count: 1, rows: 10, isSample: false },
  parameters: {},
  examples: [],
  mask: false,
  ...more,
})

describe('a remedy', () => {
  it.each([
    [
      'a new expression',
      finding({ fix: { node: 'map', config: { fields: [{ to: 'name', expr: 'trim("name")' }], rest: 'keep' } } }),
      'fix',
    ],
    ['equal rows away', finding({ fix: { node: 'dedupe', config: {} } }), 'fix'],
    [
      'a date read',
      finding({
        fix: { node: 'parse', config: { fields: [{ column: 'name', type: 'DATE', formats: ['%d.%m.%Y'] }] } },
      }),
      'fix',
    ],
    ['a mask', finding({ mask: true }), 'mask'],
  ] as const)('%s is a pipeline whose nodes are in order', (_case, found, remedy) => {
    expect(remediesOf(found)).toContain(remedy)
    const document = pipelineFileSchema.parse(remedyDocument('files:a.csv', found, remedy))
    for (const node of Object.values(document.nodes)) {
      const kind = Object.entries(NODES).find(([name]) => name === node.type)?.[1]
      expect(kind?.schema.safeParse(node)).toMatchObject({ success: true })
    }
  })

  it('is not offered where there is none', () => expect(remediesOf(finding({}))).toEqual([]))
})

it.each([
  ['sales.csv-fix', [], 'sales-csv-fix'],
  ['public.orders-mask', ['public-orders-mask'], 'public-orders-mask-2'],
  ['销售 表', ['销售-表', '销售-表-2'], '销售-表-3'],
  ['///', [], 'pipeline'],
])('%s gets a free name', (wanted, taken, name) => expect(freeName(wanted, taken)).toBe(name))
