import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const syncFailures = {
  'sync.taken_over': {
    retryable: false,
    exit: 1,
    parameters: z.object({ reader: z.string() }),
    message: { en: 'Another process has gone on with {reader}.', zh: '另一个进程已接管 {reader}。' },
    next: {
      en: 'Nothing was written since. Stop one of the two; the one that was started last goes on.',
      zh: '此后未写入任何数据。请停止其中一个；后启动的会继续。',
    },
  },
  'sync.begin_again': {
    retryable: true,
    exit: 1,
    parameters: z.object({ dataset: z.string() }),
    message: {
      en: '{dataset} got a new structure; what was under way is done again with it.',
      zh: '{dataset} 已获得新结构；正在进行的工作将据此重做。',
    },
    next: {
      en: 'Nothing needs to be done: what was begun with the old structure is taken back, or written over.',
      zh: '无需操作：按旧结构开始的工作会被撤回或覆盖。',
    },
  },
  'sync.not_running': {
    retryable: true,
    exit: 1,
    parameters: z.object({ sync: z.string() }),
    message: {
      en: 'Nobody runs {sync} now, though it was started: the process that ran it has ended.',
      zh: '{sync} 已启动，但当前没有进程在运行：运行它的进程已结束。',
    },
    next: {
      en: 'It goes on by itself when its studio or server is there again; or start it here. The source keeps its changes meanwhile.',
      zh: '其工作室或服务器恢复后会自动继续；也可在此启动。在此期间源端会保留变更。',
    },
  },
  'sync.process_lost': {
    retryable: true,
    exit: 1,
    parameters: z.object({ sync: z.string(), reason: z.string() }),
    message: { en: 'The process of {sync} ended unexpectedly: {reason}', zh: '{sync} 的进程意外结束：{reason}' },
    next: {
      en: 'It is started again by itself and goes on where it was. If this happens again and again, look at the memory of the machine.',
      zh: '它会自动重新启动并从原处继续。若反复出现，请检查机器内存。',
    },
  },
  'sync.busy': {
    retryable: true,
    exit: 1,
    parameters: z.object({ sync: z.string() }),
    message: { en: '{sync} is already run by another process.', zh: '{sync} 已由另一个进程运行。' },
    next: {
      en: 'Stop it where it runs (a studio with this workspace), or leave it to it.',
      zh: '请在其运行之处（打开此工作区的工作室）停止它，或让其继续运行。',
    },
  },
  'sync.copied_again': {
    retryable: true,
    exit: 1,
    parameters: z.object({ dataset: z.string(), changes: z.array(z.string()) }),
    message: {
      en: '{dataset} is copied again: after {changes}, rows that nobody changed may hold other values.',
      zh: '正在重新复制 {dataset}：{changes} 之后，未变更的行也可能具有不同的值。',
    },
    next: {
      en: 'Nothing needs to be done; readers of the target see the table fill. Set "structure" to pause to be asked before.',
      zh: '无需操作；读取目标的用户会看到该表重新填充。如需先行确认，请将 "structure" 设为 pause。',
    },
  },
  'sync.no_tables': {
    retryable: false,
    exit: 2,
    parameters: z.object({ sync: z.string(), source: z.string() }),
    message: { en: 'No table of {source} is meant by {sync}.', zh: '{sync} 未选中 {source} 的任何表。' },
    next: {
      en: 'Look at "tables.include" and "tables.exclude"; list what exists with "runnel datasets".',
      zh: '请检查 "tables.include" 与 "tables.exclude"；使用 "runnel datasets" 列出已有数据集。',
    },
  },
  'sync.same_target': {
    retryable: false,
    exit: 2,
    parameters: z.object({ target: z.string(), datasets: z.array(z.string()) }),
    message: { en: '{datasets} would all go to {target}.', zh: '{datasets} 将写入同一个 {target}。' },
    next: { en: 'Rename them apart under "rename".', zh: '请在 "rename" 中区分命名。' },
  },
  'sync.target_not_empty': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string() }),
    message: { en: '{dataset} already holds rows.', zh: '{dataset} 中已有数据。' },
    next: {
      en: 'Nothing was changed. Set "existing" to replace (empties it first) or keep (writes over rows of equal keys), or rename the tables.',
      zh: '未作任何更改。请将 "existing" 设为 replace（先清空）或 keep（覆盖相同键的行），或为表重命名。',
    },
  },
  'sync.not_capable': {
    retryable: false,
    exit: 2,
    parameters: z.object({ connection: z.string(), kind: z.string(), what: z.string() }),
    message: { en: '{connection} ({kind}) cannot {what}.', zh: '{connection}（{kind}）不支持：{what}。' },
    next: {
      en: 'See docs/connectors.md for what each kind of system can do.',
      zh: '各类系统的能力见 docs/connectors.md。',
    },
  },
  'sync.structure_changed': {
    retryable: false,
    exit: 1,
    parameters: z.object({ dataset: z.string(), changes: z.array(z.string()) }),
    message: { en: '{dataset} has changed at the source: {changes}.', zh: '{dataset} 在源端发生变化：{changes}。' },
    next: {
      en: 'The sync waits before this change; nothing is lost. Set "structure" to apply or ignore it, then start again.',
      zh: '同步停在此变更之前，未丢失任何数据。请将 "structure" 设为 apply 或 ignore，然后重新启动。',
    },
  },
  'sync.rows_missing': {
    retryable: false,
    exit: 1,
    parameters: z.object({ dataset: z.string(), rows: z.string() }),
    message: {
      en: '{rows} changed rows are not in {dataset}, and the source sent only some of their values.',
      zh: '{dataset} 中缺少 {rows} 个已变更的行，而源端只发送了部分列值。',
    },
    next: {
      en: 'Somebody else deleted them from the target. Copy the table again with "runnel sync NAME --table TABLE".',
      zh: '它们可能已被他人从目标中删除。请使用 "runnel sync NAME --table TABLE" 重新复制该表。',
    },
  },
  'sync.cursor_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), cursor: z.array(z.string()) }),
    message: { en: '{dataset} has no cursor column ({cursor}).', zh: '{dataset} 没有游标列（{cursor}）。' },
    next: {
      en: 'Name under "cursor" a column that grows with every change of a row, or give the table another mode under "overrides".',
      zh: '请在 "cursor" 中指定一个随每次修改递增的列，或在 "overrides" 中为该表选择其他模式。',
    },
  },
  'sync.cursor_unfit': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string(), column: z.string(), type: z.string() }),
    message: {
      en: '{column} of {dataset} is {type}, which cannot be a cursor.',
      zh: '{dataset} 的 {column} 类型为 {type}，不能作为游标。',
    },
    next: {
      en: 'A cursor is a number, a date or a time: other types are ordered differently by each system.',
      zh: '游标须为数字、日期或时间：其他类型在各系统中的排序方式不同。',
    },
  },
  'sync.look_back_unfit': {
    retryable: false,
    exit: 2,
    parameters: z.object({ column: z.string(), type: z.string(), lookBack: z.string() }),
    message: {
      en: 'A look-back of {lookBack} does not suit {column}, which is {type}.',
      zh: '回看窗口 {lookBack} 与类型为 {type} 的 {column} 不匹配。',
    },
    next: {
      en: 'Write a time like 10m for dates and times, and a number for numbers.',
      zh: '日期和时间请写成 10m 这样的时长，数字列请写数字。',
    },
  },
  'sync.query_unbound': {
    retryable: false,
    exit: 2,
    parameters: z.object({ place: z.string() }),
    message: { en: 'Nothing can stand for {place} in the query.', zh: '查询中的 {place} 没有可用的值。' },
    next: {
      en: 'Give the query "mode: incremental", a "cursor", and under "from" the value with which its first load begins.',
      zh: '请为该查询设置 "mode: incremental" 与 "cursor"，并在 "from" 中给出首次加载的起始值。',
    },
  },
  'sync.backfill_unfit': {
    retryable: false,
    exit: 2,
    parameters: z.object({ sync: z.string() }),
    message: { en: '{sync} keeps no table up by a cursor.', zh: '{sync} 中没有按游标维护的表。' },
    next: {
      en: 'Only tables of "mode: incremental" have a range to read again; copy others with "--table".',
      zh: '只有 "mode: incremental" 的表才能按范围重新读取；其他表请使用 "--table" 重新复制。',
    },
  },
  'sync.keys_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string() }),
    message: {
      en: '{dataset} has no primary key, and its rows must be told apart.',
      zh: '{dataset} 没有主键，无法区分各行。',
    },
    next: {
      en: 'Name columns under "keys" that are never the same in two rows, or copy the table whole with "mode: full".',
      zh: '请在 "keys" 中指定能唯一区分各行的列，或使用 "mode: full" 整表复制。',
    },
  },
} as const satisfies FailureArea
