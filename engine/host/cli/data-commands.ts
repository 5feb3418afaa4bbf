import type { CommandSpec, OptionSpec } from './command.ts'

export const PARAMETER: OptionSpec = {
  type: 'string',
  short: 'p',
  multiple: true,
  value: 'NAME=VALUE',
  summary: { en: 'value of a parameter', zh: '参数的值' },
}

/** About what the data holds: before a load, by rules, and masked. */
export const DATA_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'preflight',
    summary: {
      en: 'Look for values that the targets of a pipeline would refuse or change',
      zh: '查找管道目标会拒绝或改变的值',
    },
    positionals: [{ name: 'PIPELINE' }],
    options: {
      param: PARAMETER,
      offline: { type: 'boolean', summary: { en: 'read snapshots', zh: '读取快照' } },
      first: { type: 'string', value: 'N', summary: { en: 'only the first N rows', zh: '仅前 N 行' } },
    },
    examples: ['runnel preflight orders', 'runnel preflight orders --first 100000 --json'],
    load: () => import('./commands/preflight.ts'),
  },
  {
    name: 'check-data',
    summary: {
      en: 'Check data by the rules of the workspace: of one dataset, of one file, or all',
      zh: '按工作区的规则检查数据：某个数据集、某个规则文件或全部',
    },
    positionals: [{ name: 'DATASET|RULES', optional: true }],
    options: {
      offline: { type: 'boolean', summary: { en: 'use snapshots only', zh: '仅使用快照' } },
      html: { type: 'string', value: 'FILE', summary: { en: 'write a report', zh: '写出报告' } },
      'fail-on': {
        type: 'string',
        value: 'error|warning',
        summary: { en: 'what makes it end with 1 (default error)', zh: '何种结果返回 1（默认 error）' },
      },
    },
    examples: ['runnel check-data erp:public.orders', 'runnel check-data --html report.html --fail-on warning'],
    load: () => import('./commands/check-data.ts'),
  },
  {
    name: 'rules suggest',
    summary: { en: 'Suggest rules for a dataset, as YAML', zh: '为数据集建议规则（YAML）' },
    positionals: [{ name: 'DATASET' }],
    options: { offline: { type: 'boolean', summary: { en: 'use snapshots only', zh: '仅使用快照' } } },
    examples: ['runnel rules suggest erp:public.orders > rules/orders.yaml'],
    load: () => import('./commands/rules-suggest.ts'),
  },
  {
    name: 'standards check',
    summary: {
      en: 'Compare the columns of a dataset, a pipeline or all pipelines with the standards',
      zh: '按标准检查数据集、管道或全部管道的列',
    },
    positionals: [{ name: 'DATASET|PIPELINE', optional: true }],
    options: {
      fix: {
        type: 'boolean',
        summary: {
          en: 'mend the names and types of a pipeline where it is safe',
          zh: '在安全时修正管道中的名称与类型',
        },
      },
      offline: { type: 'boolean', summary: { en: 'use snapshots only', zh: '仅使用快照' } },
    },
    examples: ['runnel standards check erp:public.orders', 'runnel standards check orders --fix'],
    load: () => import('./commands/standards-check.ts'),
  },
  {
    name: 'standards import-codes',
    summary: {
      en: 'Make a code list from a file or table, or a new edition of one',
      zh: '从文件或表导入代码表，或导入新版本',
    },
    positionals: [{ name: 'DATASET' }],
    options: {
      as: { type: 'string', value: 'NAME', summary: { en: 'name of the list', zh: '代码表名称' } },
      code: { type: 'string', value: 'COLUMN', summary: { en: 'column of the codes', zh: '代码所在的列' } },
      zh: { type: 'string', value: 'COLUMN', summary: { en: 'column of Chinese names', zh: '中文名称所在的列' } },
      en: { type: 'string', value: 'COLUMN', summary: { en: 'column of English names', zh: '英文名称所在的列' } },
      edition: { type: 'string', value: 'TEXT', summary: { en: 'edition of the list', zh: '代码表版本' } },
      offline: { type: 'boolean', summary: { en: 'use snapshots only', zh: '仅使用快照' } },
    },
    examples: ['runnel standards import-codes files:gender.csv --as gender --edition 2003'],
    load: () => import('./commands/standards-import-codes.ts'),
  },
  {
    name: 'mask key',
    summary: {
      en: 'Make a masking key, or a new version of one',
      zh: '创建脱敏密钥，或生成新版本',
    },
    positionals: [{ name: 'KEY', optional: true }],
    options: {
      rotate: {
        type: 'boolean',
        summary: { en: 'add a version; older ones still decrypt', zh: '新增一个版本；旧版本仍可解密' },
      },
    },
    examples: ['runnel mask key', 'runnel mask key hr --rotate'],
    load: () => import('./commands/mask-key.ts'),
  },
  {
    name: 'mask suggest',
    summary: { en: 'Suggest a policy for a dataset, as YAML', zh: '为数据集建议脱敏策略（YAML）' },
    positionals: [{ name: 'DATASET' }],
    options: {},
    examples: ['runnel mask suggest erp:crm.people > policies/strict.yaml'],
    load: () => import('./commands/mask-suggest.ts'),
  },
  {
    name: 'mask confirm',
    summary: {
      en: 'Say whether a column holds personal data (none, personal, sensitive), or take that back',
      zh: '确认某列的个人信息类别（none、personal、sensitive），或撤回确认',
    },
    positionals: [{ name: 'DATASET' }, { name: 'COLUMN' }, { name: 'CLASS', optional: true }],
    options: { undo: { type: 'boolean', summary: { en: 'take back what was said', zh: '撤回此前的确认' } } },
    examples: [
      'runnel mask confirm erp:crm.people remark sensitive',
      'runnel mask confirm erp:crm.people remark --undo',
    ],
    load: () => import('./commands/mask-confirm.ts'),
  },
  {
    name: 'mask check',
    summary: {
      en: 'Look at a masked snapshot for values that still look personal or are those of the source',
      zh: '复查脱敏快照：仍像个人数据的值，或与源数据相同的值',
    },
    positionals: [{ name: 'DATASET' }],
    options: {},
    examples: ['runnel mask check erp:crm.people'],
    load: () => import('./commands/mask-check.ts'),
  },
]
