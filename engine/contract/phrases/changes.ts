import type { Phrases } from './phrase.ts'

/** Why changes of a source cannot be followed. */
export const CHANGES: Phrases = [
  ['there is none', '不存在'],
  ['wal_level is {level}', 'wal_level 为 {level}'],
  ['its wal_status is {status}', '其 wal_status 为 {status}'],
  ['only lists of one dimension that begin at 1 become JSON', '只有从 1 开始的一维列表才能成为 JSON'],
  [
    'its connection must name a database: that is where the position of a sync is kept',
    '其连接必须指定数据库：同步的位置保存在那里',
  ],
  [
    'equal rows cannot be told apart: the source has no key and no column {columns}',
    '无法区分相同的行：源端没有键，也没有列 {columns}',
  ],
  ['{name} is {value}, not {wanted}', '{name} 为 {value}，应为 {wanted}'],
  ['no calendar has this date', '日历中不存在该日期'],
  ['the moment is not held any more', '该时刻已不再保留'],
]
