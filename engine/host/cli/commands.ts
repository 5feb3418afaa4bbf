import type { CommandSpec, OptionSpec } from './command.ts'

const LIMIT: OptionSpec = {
  type: 'string',
  short: 'n',
  value: 'N',
  summary: { en: 'rows to show (default 50)', zh: '显示的行数（默认 50）' },
}
const PARAMETER: OptionSpec = {
  type: 'string',
  short: 'p',
  multiple: true,
  value: 'NAME=VALUE',
  summary: { en: 'value of a parameter', zh: '参数的值' },
}

/** Every command, in the order of a day's work. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'init',
    summary: { en: 'Make a workspace', zh: '新建工作区' },
    positionals: [{ name: 'DIR', optional: true }],
    options: { name: { type: 'string', value: 'NAME', summary: { en: 'name of the workspace', zh: '工作区名称' } } },
    examples: ['runnel init shop'],
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'check',
    summary: { en: 'Check every file of the workspace, offline', zh: '离线检查工作区的所有文件' },
    positionals: [],
    options: {},
    examples: ['runnel check --json'],
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'schema',
    summary: { en: 'Write JSON Schemas of all files for editors', zh: '写出所有文件的 JSON Schema 供编辑器使用' },
    positionals: [{ name: 'DIR', optional: true }],
    options: {},
    examples: ['runnel schema schemas'],
    load: () => import('./commands/schema.ts'),
  },
  {
    name: 'secret set',
    summary: {
      en: 'Store a secret; its value is asked for or read from standard input',
      zh: '保存密钥；值由提示输入或从标准输入读取',
    },
    positionals: [{ name: 'NAME' }],
    options: {},
    examples: ['runnel secret set erp.password', 'printf %s "$PASSWORD" | runnel secret set erp.password'],
    load: () => import('./commands/secret-set.ts'),
  },
  {
    name: 'connections test',
    summary: { en: 'Test a connection stage by stage', zh: '逐步检测连接' },
    positionals: [{ name: 'CONNECTION' }],
    options: {},
    examples: ['runnel connections test erp'],
    load: () => import('./commands/connections-test.ts'),
  },
  {
    name: 'datasets',
    summary: { en: 'List the datasets of a connection', zh: '列出连接中的数据集' },
    positionals: [{ name: 'CONNECTION' }],
    options: {
      search: {
        type: 'string',
        value: 'TEXT',
        summary: { en: 'only names that contain this', zh: '仅列出包含该文本的名称' },
      },
    },
    examples: ['runnel datasets erp --search orders'],
    load: () => import('./commands/datasets.ts'),
  },
  {
    name: 'show',
    summary: { en: 'Show the first rows of a dataset or a file', zh: '查看数据集或文件的前几行' },
    positionals: [{ name: 'DATASET|FILE' }],
    options: {
      limit: LIMIT,
      kind: {
        type: 'string',
        value: 'KIND',
        summary: { en: 'kind of file, where its ending does not tell', zh: '文件类型（扩展名无法判断时）' },
      },
      dataset: { type: 'string', value: 'NAME', summary: { en: 'table of a database file', zh: '数据库文件中的表' } },
      encoding: { type: 'string', value: 'NAME', summary: { en: 'encoding of a text file', zh: '文本文件的编码' } },
      delimiter: { type: 'string', value: 'TEXT', summary: { en: 'what separates the fields', zh: '字段分隔符' } },
      sheet: { type: 'string', value: 'NAME', summary: { en: 'sheet of a workbook', zh: '工作簿中的工作表' } },
      option: {
        type: 'string',
        short: 'o',
        multiple: true,
        value: 'NAME=VALUE',
        summary: { en: 'any other option of the kind (see runnel schema)', zh: '该类型的其他选项（见 runnel schema）' },
      },
    },
    examples: ['runnel show orders.csv --encoding gb18030', 'runnel show erp:public.orders --limit 20 --json'],
    load: () => import('./commands/show.ts'),
  },
  {
    name: 'preview',
    summary: { en: 'Preview any node or output of a pipeline', zh: '预览管道中任意节点或输出' },
    positionals: [{ name: 'PIPELINE' }, { name: 'NODE' }],
    options: {
      limit: LIMIT,
      param: PARAMETER,
      offline: { type: 'boolean', summary: { en: 'use snapshots only', zh: '仅使用快照' } },
    },
    examples: ['runnel preview orders checked', 'runnel preview orders checked.rejects --limit 10 --json'],
    load: () => import('./commands/preview.ts'),
  },
  {
    name: 'run',
    summary: { en: 'Run a pipeline into its targets', zh: '运行管道并写入目标' },
    positionals: [{ name: 'PIPELINE' }],
    options: {
      param: PARAMETER,
      'max-rejects': {
        type: 'string',
        value: 'N',
        summary: { en: 'stop before the commit beyond this many rejects', zh: '拒绝行数超过该值则在提交前停止' },
      },
      'max-reject-share': {
        type: 'string',
        value: '0..1',
        summary: { en: 'the same, as a share of the rows read', zh: '同上，按读取行数的比例' },
      },
      timeout: { type: 'string', value: '5m', summary: { en: 'stop after this time', zh: '超过该时间则停止' } },
      memory: { type: 'string', value: 'MB', summary: { en: 'memory limit of the computation', zh: '计算的内存上限' } },
      threads: { type: 'string', value: 'N', summary: { en: 'threads of the computation', zh: '计算的线程数' } },
    },
    examples: ['runnel run orders --param since=2026-01-01', 'runnel run orders --max-reject-share 0.01 --json'],
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'runs',
    summary: { en: 'List runs, newest first', zh: '列出运行记录，最新在前' },
    positionals: [],
    options: {
      pipeline: { type: 'string', value: 'NAME', summary: { en: 'only of this pipeline', zh: '仅该管道' } },
      limit: LIMIT,
    },
    examples: ['runnel runs --limit 10'],
    load: () => import('./commands/runs.ts'),
  },
  {
    name: 'rejects',
    summary: { en: 'Show the rows a run rejected, with reasons', zh: '查看某次运行拒绝的行及原因' },
    positionals: [{ name: 'RUN' }],
    options: { limit: LIMIT },
    examples: ['runnel rejects last --limit 20'],
    load: () => import('./commands/rejects.ts'),
  },
  {
    name: 'receipt',
    summary: { en: 'Show what a run did: counts, checksums, type losses', zh: '查看运行回执：计数、校验和、类型损失' },
    positionals: [{ name: 'RUN' }],
    options: {},
    examples: ['runnel receipt last --json'],
    load: () => import('./commands/receipt.ts'),
  },
]
