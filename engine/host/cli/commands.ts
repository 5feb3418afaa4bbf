import type { CommandSpec, OptionSpec } from './command.ts'
import { DATA_COMMANDS, PARAMETER } from './data-commands.ts'
import { PROFILE, PROFILE_RELATE } from './profile-command.ts'
import { ON, SERVER_COMMANDS } from './server-commands.ts'

const LIMIT: OptionSpec = {
  type: 'string',
  short: 'n',
  value: 'N',
  summary: { en: 'rows to show (default 50)', zh: '显示的行数（默认 50）' },
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
    options: { on: ON },
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
    name: 'lineage',
    summary: { en: 'Tell where the columns of an output come from', zh: '查看输出列的来源' },
    positionals: [{ name: 'PIPELINE' }, { name: 'NODE' }, { name: 'COLUMN', optional: true }],
    options: {},
    examples: ['runnel lineage orders monthly amount'],
    load: () => import('./commands/lineage.ts'),
  },
  {
    name: 'snapshot',
    summary: {
      en: 'Copy rows of a dataset for offline work; without one, list the copies',
      zh: '复制数据集的行供离线使用；不带参数则列出快照',
    },
    positionals: [{ name: 'DATASET', optional: true }],
    options: {
      first: { type: 'string', value: 'N', summary: { en: 'only the first N rows', zh: '仅前 N 行' } },
      sample: { type: 'string', value: 'N', summary: { en: 'a random sample of N rows', zh: '随机抽取 N 行' } },
      seed: {
        type: 'string',
        value: 'N',
        summary: { en: 'the same sample for the same seed (default 1)', zh: '相同种子得到相同样本（默认 1）' },
      },
      where: {
        type: 'string',
        value: 'SQL',
        summary: { en: 'only rows for which this is true', zh: '仅满足条件的行' },
      },
      policy: {
        type: 'string',
        value: 'NAME',
        summary: { en: 'mask it by this policy (policies/NAME.yaml)', zh: '按此策略脱敏（policies/NAME.yaml）' },
      },
      option: {
        type: 'string',
        short: 'o',
        multiple: true,
        value: 'NAME=VALUE',
        summary: { en: 'option of the source', zh: '数据源选项' },
      },
    },
    examples: ['runnel snapshot erp:public.orders --sample 100000', 'runnel snapshot erp:crm.people --policy strict'],
    load: () => import('./commands/snapshot.ts'),
  },
  ...DATA_COMMANDS,
  PROFILE,
  PROFILE_RELATE,
  {
    name: 'test',
    summary: { en: 'Run the tests of one pipeline or of all, offline', zh: '离线运行一个或全部管道的测试' },
    positionals: [{ name: 'PIPELINE', optional: true }],
    options: {},
    examples: ['runnel test orders'],
    load: () => import('./commands/test.ts'),
  },
  {
    name: 'run',
    summary: { en: 'Run a pipeline into its targets', zh: '运行管道并写入目标' },
    positionals: [{ name: 'PIPELINE' }],
    options: {
      param: PARAMETER,
      plan: {
        type: 'boolean',
        summary: { en: 'only show what would be done to the targets', zh: '仅显示将对目标执行的操作' },
      },
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
    name: 'run-job',
    summary: { en: 'Run all steps of a job here', zh: '在本机运行作业的全部步骤' },
    positionals: [{ name: 'JOB' }],
    options: {
      resume: {
        type: 'string',
        value: 'RUN',
        summary: {
          en: 'take up this run of the job at the step where it ended',
          zh: '从该次运行结束的步骤继续',
        },
      },
    },
    examples: ['runnel run-job nightly', 'runnel run-job nightly --env test --json'],
    load: () => import('./commands/run-job.ts'),
  },
  {
    name: 'runs',
    summary: { en: 'List runs, newest first', zh: '列出运行记录，最新在前' },
    positionals: [],
    options: {
      on: ON,
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
    options: {
      on: ON,
      limit: LIMIT,
      rule: { type: 'string', value: 'RULE', summary: { en: 'only what this rule refused', zh: '仅该规则拒绝的行' } },
      column: {
        type: 'string',
        value: 'COLUMN',
        summary: { en: 'only what was refused for this column', zh: '仅因该列被拒绝的行' },
      },
      export: {
        type: 'string',
        value: 'FILE',
        summary: {
          en: 'write all of them to a new file: .csv, .json or .ndjson',
          zh: '将全部被拒绝的行写入新文件：.csv、.json 或 .ndjson',
        },
      },
    },
    examples: ['runnel rejects last --limit 20', 'runnel rejects last --export refused.csv'],
    load: () => import('./commands/rejects.ts'),
  },
  {
    name: 'receipt',
    summary: { en: 'Show what a run did: counts, checksums, type losses', zh: '查看运行回执：计数、校验和、类型损失' },
    positionals: [{ name: 'RUN' }],
    options: { on: ON },
    examples: ['runnel receipt last --json'],
    load: () => import('./commands/receipt.ts'),
  },
  ...SERVER_COMMANDS,
]
