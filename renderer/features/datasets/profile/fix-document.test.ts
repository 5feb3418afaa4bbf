import { describe, expect, it } from 'vitest'
import { pipelineFileSchema } from '../../../../engine/contract/pipeline-file.ts'
import type { ColumnProfile } from '../../../../engine/contract/profile/column-profile.ts'
import type { Finding } from '../../../../engine/contract/profile/finding.ts'
import { NODES } from '../../../../engine/pipeline/nodes/all.ts'
import { freeName, keysOfRemedy, remediesOf, remedyDocument } from './fix-document.ts'

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

const columnOf = (meaning: string, type: string): ColumnProfile => ({
  name: 'name',
  type,
  kind: 'text',
  exact: { nulls: 0, distinct: { count: 1, error: 0 } },
  detail: {
    values: 1,
    singles: 0,
    top: [],
    rare: [],
    semantic: [
      {
        type: meaning,
        title: { en: meaning, zh: meaning },
        share: 1,
        confidence: 1,
        examples: [],
        class: 'personal',
        exceptions: [],
      },
    ],
  },
  topIsExact: true,
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
    const document = pipelineFileSchema.parse(remedyDocument('files:a.csv', found, { remedy, columns: [] }))
    for (const node of Object.values(document.nodes)) {
      const kind = Object.entries(NODES).find(([name]) => name === node.type)?.[1]
      expect(kind?.schema.safeParse(node)).toMatchObject({ success: true })
    }
  })

  it.each([
    ['cn_id_card', 'VARCHAR', { method: 'format', form: 'cn_id_card' }, ['workspace']],
    ['cn_mobile', 'BIGINT', { method: 'format', form: 'phone' }, ['workspace']],
    ['cn_name', 'VARCHAR', { method: 'pseudonym', kind: 'name' }, ['workspace']],
    ['email', 'VARCHAR', { method: 'hash' }, ['workspace']],
    ['birthday', 'DATE', { method: 'truncate', unit: 'year' }, []],
    // Only a date has a year to be cut to.
    ['birthday', 'VARCHAR', { method: 'null' }, []],
    ['gender', 'VARCHAR', { method: 'null' }, []],
  ])('masks %s in %s by what it means', (meaning, type, mask, keys) => {
    const column = columnOf(meaning, type)
    const found = finding({ mask: true })
    const { nodes } = remedyDocument('files:a.csv', found, { remedy: 'mask', columns: [column] })
    expect(nodes['masked']).toMatchObject({ type: 'mask', columns: [{ column: 'name', mask }] })
    expect(keysOfRemedy(found, [column])).toEqual(keys)
  })

  it('is not offered where there is none', () => expect(remediesOf(finding({}))).toEqual([]))
})

it.each([
  ['sales.csv-fix', [], 'sales-csv-fix'],
  ['public.orders-mask', ['public-orders-mask'], 'public-orders-mask-2'],
  ['销售 表', ['销售-表', '销售-表-2'], '销售-表-3'],
  ['///', [], 'pipeline'],
])('%s gets a free name', (wanted, taken, name) => expect(freeName(wanted, taken)).toBe(name))
