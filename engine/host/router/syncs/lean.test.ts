import { expect, it } from 'vitest'
import { syncFileSchema } from '../../../contract/sync-file.ts'
import { leanSync } from './lean.ts'

const base = { version: 1, source: 'erp', target: 'dw' } as const

it.each([
  ['nothing', {}],
  ['some', { tables: { include: ['public.*'] }, rename: { prefix: 'ods_' }, failedTable: 'leave_out' }],
  ['all of a part', { structure: { add: 'pause', drop: 'pause', type: 'pause' }, existing: 'keep', flushMs: 5 }],
])('says what a person chose: %s', (_case, more) => {
  expect(leanSync(syncFileSchema.parse({ ...base, ...more }))).toEqual({ ...base, ...more })
})
