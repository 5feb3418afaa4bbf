import type { Phrases } from './phrase.ts'

/** Why changes of a source cannot be followed. */
export const CHANGES: Phrases = [
  ['there is none', '不存在'],
  ['wal_level is {level}', 'wal_level 为 {level}'],
  ['its wal_status is {status}', '其 wal_status 为 {status}'],
]
