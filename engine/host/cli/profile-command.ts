import type { CommandSpec } from './command.ts'

export const PROFILE: CommandSpec = {
  name: 'profile',
  summary: { en: 'Tell what the values of a dataset or a file look like', zh: '分析数据集或文件的取值情况' },
  positionals: [{ name: 'DATASET|FILE' }],
  options: {
    full: {
      type: 'boolean',
      summary: { en: 'everything from all rows, nothing sampled', zh: '全部基于所有行，不抽样' },
    },
    against: {
      type: 'string',
      value: 'REF',
      summary: {
        en: 'also what changed since another profile: last, its id, a dataset, or a file of --json',
        zh: '同时比较与另一画像的变化：last、画像编号、数据集或 --json 文件',
      },
    },
    html: { type: 'string', value: 'FILE', summary: { en: 'write a report to this file', zh: '将报告写入该文件' } },
    offline: { type: 'boolean', summary: { en: 'of the newest snapshot', zh: '使用最新快照' } },
    kind: {
      type: 'string',
      value: 'KIND',
      summary: { en: 'kind of file, where its ending does not tell', zh: '文件类型（扩展名无法判断时）' },
    },
    dataset: { type: 'string', value: 'NAME', summary: { en: 'table of a database file', zh: '数据库文件中的表' } },
    option: {
      type: 'string',
      short: 'o',
      multiple: true,
      value: 'NAME=VALUE',
      summary: { en: 'option of the source', zh: '数据源选项' },
    },
  },
  examples: ['runnel profile erp:public.orders --against last', 'runnel profile orders.csv --full --html orders.html'],
  load: () => import('./commands/profile.ts'),
}

export const PROFILE_RELATE: CommandSpec = {
  name: 'profile relate',
  summary: {
    en: 'Find what columns of several datasets have in common: foreign keys with orphans, columns of one meaning',
    zh: '查找多个数据集的列之间的关联：外键及孤立行、含义相同的列',
  },
  positionals: [{ name: 'DATASET' }, { name: 'DATASET', several: true }],
  options: { offline: { type: 'boolean', summary: { en: 'of the newest snapshots', zh: '使用最新快照' } } },
  examples: ['runnel profile relate erp:public.orders erp:public.customers crm:accounts'],
  load: () => import('./commands/profile-relate.ts'),
}
