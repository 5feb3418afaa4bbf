import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const runFailures = {
  'run.out_of_memory': {
    retryable: false,
    exit: 1,
    parameters: z.object({ reason: z.string() }),
    message: { en: 'The memory limit was reached: {reason}', zh: '已达到内存上限：{reason}' },
    next: {
      en: 'Raise the memory limit of the job, or reduce what is sorted or joined at once.',
      zh: '请提高作业的内存上限，或减少一次排序、关联的数据量。',
    },
  },
  'run.disk_full': {
    retryable: true,
    exit: 1,
    parameters: z.object({ reason: z.string() }),
    message: { en: 'The disk is full: {reason}', zh: '磁盘空间不足：{reason}' },
    next: {
      en: 'Free space or move the spill folder; nothing was committed.',
      zh: '请释放空间或更换溢出目录；未提交任何数据。',
    },
  },
  'run.disk_failed': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), reason: z.string() }),
    message: { en: '{file} could not be written to the disk: {reason}', zh: '{file} 无法写入磁盘：{reason}' },
    next: {
      en: 'The disk does not keep what is written. Check it before running again; loads already committed are recognised.',
      zh: '磁盘未能保存写入的内容。请先检查磁盘再重新运行；已提交的加载会被识别。',
    },
  },
  'run.too_many_rejects': {
    retryable: false,
    exit: 1,
    parameters: z.object({ rejected: z.string(), read: z.string(), limit: z.string() }),
    message: {
      en: '{rejected} of {read} rows were rejected; the limit is {limit}.',
      zh: '读取 {read} 行，其中 {rejected} 行被拒绝；上限为 {limit}。',
    },
    next: {
      en: 'Nothing was committed. See why with "runnel rejects RUN", then fix the rows or raise the limit.',
      zh: '未提交任何数据。使用 "runnel rejects RUN" 查看原因，修正数据或提高上限。',
    },
  },
  'run.verification_failed': {
    retryable: false,
    exit: 1,
    parameters: z.object({ dataset: z.string(), columns: z.array(z.string()), reason: z.string() }),
    message: {
      en: '{dataset} would not hold what was sent, in {columns}: {reason}',
      zh: '{dataset} 中的内容与发送的不一致（{columns}）：{reason}',
    },
    next: {
      en: 'Nothing was committed. Cast the columns named to a type the target keeps exactly.',
      zh: '未提交任何数据。请将所列的列转换为目标能精确保存的类型。',
    },
  },
  'run.rows_unaccounted': {
    retryable: false,
    exit: 1,
    parameters: z.object({ where: z.string(), expected: z.string(), found: z.string() }),
    message: {
      en: 'Rows do not add up at {where}: {expected} expected, {found} found.',
      zh: '{where} 的行数不一致：应为 {expected}，实为 {found}。',
    },
    next: {
      en: 'Nothing was committed. The source may have changed while it was read; run again, and report it if it stays.',
      zh: '未提交任何数据。数据源可能在读取时发生了变化；请重新运行，若仍出现请反馈。',
    },
  },
  'run.lossy_refused': {
    retryable: false,
    exit: 2,
    parameters: z.object({ node: z.string(), dataset: z.string(), losses: z.array(z.string()) }),
    message: {
      en: 'Writing {dataset} (node {node}) would lose values: {losses}',
      zh: '写入 {dataset}（节点 {node}）会丢失数据：{losses}',
    },
    next: {
      en: 'Cast or leave out these columns, or accept the loss with "options: { allowLossy: true }" on the target.',
      zh: '请转换或去掉这些列，或在目标节点上设置 "options: { allowLossy: true }" 接受损失。',
    },
  },
  'run.timeout': {
    retryable: true,
    exit: 1,
    parameters: z.object({ limitMs: z.number() }),
    message: { en: 'The run took longer than its limit of {limitMs} ms.', zh: '运行超过了 {limitMs} 毫秒的时限。' },
    next: {
      en: 'Nothing more was committed. Raise the timeout of the job.',
      zh: '未再提交数据。请提高作业的超时时间。',
    },
  },
  'run.read_only': {
    retryable: false,
    exit: 2,
    parameters: z.object({ connection: z.string() }),
    message: { en: 'Connection {connection} can only be read.', zh: '连接 {connection} 只能读取。' },
    next: { en: 'Choose another connection for the target.', zh: '请为目标选择其他连接。' },
  },
  'run.snapshot_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ dataset: z.string() }),
    message: { en: 'There is no snapshot of {dataset}.', zh: '没有 {dataset} 的快照。' },
    next: {
      en: 'Take one while connected: "runnel snapshot {dataset}".',
      zh: '请在联网时创建："runnel snapshot {dataset}"。',
    },
  },
  'run.row_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ output: z.string() }),
    message: {
      en: '{output} has no such row in the part that was looked at.',
      zh: '{output} 在所查看的部分中没有该行。',
    },
    next: { en: 'Ask where the row went instead, or refresh the preview.', zh: '请改为查询该行的去向，或刷新预览。' },
  },
  'run.output_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ output: z.string(), suggestion: z.string().optional() }),
    message: { en: 'The pipeline has no output {output}.', zh: '管道中没有输出 {output}。' },
    next: { en: 'Outputs are written "node" or "node.output".', zh: '输出写作 "node" 或 "node.output"。' },
  },
  'test.input_missing': {
    retryable: false,
    exit: 1,
    parameters: z.object({ node: z.string() }),
    message: { en: 'The test has no rows for the source {node}.', zh: '测试中没有数据源 {node} 的数据行。' },
    next: { en: 'Add them under "inputs" of the test.', zh: '请在测试的 "inputs" 中添加。' },
  },
  'test.input_invalid': {
    retryable: false,
    exit: 1,
    parameters: z.object({ reason: z.string() }),
    message: { en: 'The inputs of the test cannot be used: {reason}', zh: '测试输入无法使用：{reason}' },
    next: { en: 'Correct the tests file.', zh: '请修改测试文件。' },
  },
  'store.damaged': {
    retryable: false,
    exit: 1,
    parameters: z.object({ path: z.string(), reason: z.string() }),
    message: { en: 'The state store {path} is damaged: {reason}', zh: '状态库 {path} 已损坏：{reason}' },
    next: {
      en: 'Nothing was changed. Put a backup in its place, or move the file away to begin with an empty store.',
      zh: '未更改任何内容。请用备份替换该文件，或将其移走后以空库重新开始。',
    },
  },
  'store.too_new': {
    retryable: false,
    exit: 2,
    parameters: z.object({ path: z.string(), version: z.number() }),
    message: {
      en: 'The state store {path} was written by a newer Runnel (schema {version}).',
      zh: '状态库 {path} 由更新版本的汇渠写入（结构版本 {version}）。',
    },
    next: { en: 'Use that version, or a newer one.', zh: '请使用该版本或更新的版本。' },
  },
  'run.busy': {
    retryable: true,
    exit: 1,
    parameters: z.object({ run: z.string() }),
    message: { en: 'The same run is already being worked on: {run}', zh: '相同的运行正在进行中：{run}' },
    next: { en: 'Wait for it, or cancel it first.', zh: '请等待其结束，或先将其取消。' },
  },
  'run.worker_lost': {
    retryable: true,
    exit: 1,
    parameters: z.object({ reason: z.string() }),
    message: { en: 'The process of the run ended unexpectedly: {reason}', zh: '运行进程意外结束：{reason}' },
    next: {
      en: 'Run it again: it continues under the same load id, and nothing is loaded twice.',
      zh: '请重新运行：将以同一加载编号继续，不会重复写入。',
    },
  },
  'run.no_receipt': {
    retryable: false,
    exit: 1,
    parameters: z.object({ run: z.string(), state: z.string() }),
    message: { en: 'Run {run} has no receipt; it is {state}.', zh: '运行 {run} 没有回执，状态为 {state}。' },
    next: { en: 'Only a run that succeeded has one.', zh: '只有成功的运行才有回执。' },
  },
} as const satisfies FailureArea
