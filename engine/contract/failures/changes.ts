import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const changesFailures = {
  'changes.unavailable': {
    retryable: false,
    exit: 2,
    parameters: z.object({ source: z.string(), reason: z.string() }),
    message: {
      en: '{source} does not hand out its changes: {reason}',
      zh: '{source} 无法提供变更：{reason}',
    },
    next: {
      en: 'PostgreSQL needs wal_level=logical (and a restart) and a login with the REPLICATION attribute. MySQL and MariaDB need log_bin (and a restart), and SET GLOBAL binlog_format=ROW, binlog_row_image=FULL and binlog_row_metadata=FULL. Until then use a full or incremental sync.',
      zh: 'PostgreSQL 需要 wal_level=logical（需重启）以及具有 REPLICATION 属性的登录用户。MySQL 与 MariaDB 需要 log_bin（需重启），并执行 SET GLOBAL binlog_format=ROW、binlog_row_image=FULL、binlog_row_metadata=FULL。在此之前请使用全量或增量同步。',
    },
  },
  'changes.no_identity': {
    retryable: false,
    exit: 2,
    parameters: z.object({ datasets: z.array(z.string()) }),
    message: {
      en: 'Rows of {datasets} cannot be told apart: there is no primary key and no replica identity.',
      zh: '{datasets} 的行无法区分：既没有主键，也没有复制标识。',
    },
    next: {
      en: 'Add a primary key, or ALTER TABLE … REPLICA IDENTITY FULL, or leave these tables out. Publishing them as they are would make their updates fail at the source.',
      zh: '请添加主键，或执行 ALTER TABLE … REPLICA IDENTITY FULL，或排除这些表。若直接发布，源库中对它们的更新会失败。',
    },
  },
  'changes.gap': {
    retryable: false,
    exit: 1,
    parameters: z.object({ source: z.string(), stored: z.string(), available: z.string() }),
    message: {
      en: '{source} no longer has the changes after {stored}; it can only send those after {available}.',
      zh: '{source} 已没有 {stored} 之后的变更；只能发送 {available} 之后的变更。',
    },
    next: {
      en: 'Changes in between are missing in the target. Copy the tables again with "runnel sync NAME --resync".',
      zh: '目标中缺少其间的变更。请使用 "runnel sync NAME --resync" 重新复制这些表。',
    },
  },
  'changes.reader_lost': {
    retryable: false,
    exit: 1,
    parameters: z.object({ source: z.string(), reader: z.string(), reason: z.string() }),
    message: {
      en: '{source} gave up the replication slot {reader}: {reason}',
      zh: '{source} 已放弃复制槽 {reader}：{reason}',
    },
    next: {
      en: 'Raise max_slot_wal_keep_size at the source, then copy the tables again with "runnel sync NAME --resync".',
      zh: '请在源库提高 max_slot_wal_keep_size，然后使用 "runnel sync NAME --resync" 重新复制这些表。',
    },
  },
  'changes.undecodable': {
    retryable: false,
    exit: 1,
    parameters: z.object({ what: z.string() }),
    message: { en: 'The change stream holds something unknown: {what}.', zh: '变更流中包含未知内容：{what}。' },
    next: {
      en: 'Nothing of this transaction was applied. Report it with the version of the server.',
      zh: '该事务未应用任何内容。请附上服务器版本报告此问题。',
    },
  },
} as const satisfies FailureArea
