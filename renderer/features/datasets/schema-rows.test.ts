import { expect, it } from 'vitest'
import { schemaRows } from './schema-rows.ts'

const words = {
  loss: { exact: 'exact', widening: 'wider', lossy: 'loses' },
  told: (reason: string) => reason,
  nullable: 'null',
  required: 'not null',
}

it('tells of each column what is known', () => {
  const rows = schemaRows(
    [
      { name: 'id', type: 'BIGINT', sourceType: 'int8', nullable: false, fidelity: { kind: 'exact' } },
      {
        name: 'shop',
        type: 'VARCHAR',
        sourceType: 'citext',
        nullable: true,
        fidelity: { kind: 'lossy', reason: 'case' },
      },
      { name: '_runnel_locator', type: 'VARCHAR', hidden: true },
      { name: 'note', type: 'VARCHAR', comment: '备注' },
    ],
    [
      { name: 'pk', kind: 'primary', columns: ['id', 'shop'] },
      { name: 'fk', kind: 'foreign', columns: ['shop'], references: { dataset: 'public.shops', columns: ['code'] } },
    ],
    words,
  )
  expect(rows).toEqual([
    ['id', 'PK', 'int8', 'BIGINT', 'exact', 'not null', '–'],
    ['shop', 'PK, FK → public.shops(code)', 'citext', 'VARCHAR', 'loses: case', 'null', '–'],
    ['note', '–', '–', 'VARCHAR', '–', '–', '备注'],
  ])
})
