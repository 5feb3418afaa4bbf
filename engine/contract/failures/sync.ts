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
} as const satisfies FailureArea
