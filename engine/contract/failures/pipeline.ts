import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

/** Where in the pipeline file: the node, the field (`fields.2.expr`), and in a text of several lines the place, both from 1. */
const place = z.object({
  node: z.string(),
  field: z.string(),
  line: z.int().optional(),
  position: z.int().optional(),
})
/** A name that is not known; `known` are those that are, nearest first. */
const unknownName = place.extend({ name: z.string(), suggestion: z.string().optional(), known: z.array(z.string()) })

const shared = { retryable: false, exit: 2 } as const

export const pipelineFailures = {
  'sql.invalid': {
    ...shared,
    parameters: z.object({
      reason: z.string(),
      sql: z.string(),
      /** Characters before the place in `sql`. */
      position: z.int().optional(),
      /** DuckDB's own kind of error (`COLUMN_NOT_FOUND`) and the name concerned. */
      subtype: z.string().optional(),
      name: z.string().optional(),
    }),
    message: { en: 'The SQL was refused: {reason}', zh: 'SQL 无法执行：{reason}' },
    next: { en: 'Correct the expression at the position given.', zh: '请按提示位置修改表达式。' },
  },
  'pipeline.invalid': {
    ...shared,
    parameters: z.object({
      pipeline: z.string(),
      count: z.int(),
      /** `node.field` of each problem. */
      places: z.array(z.string()),
      problems: z.array(z.object({ code: z.string(), detail: z.record(z.string(), z.unknown()) })),
    }),
    message: {
      en: 'Pipeline {pipeline} has problems ({count}): {places}.',
      zh: '管道 {pipeline} 存在问题（{count} 处）：{places}。',
    },
    next: { en: 'See them all with "runnel check".', zh: '使用 "runnel check" 查看全部问题。' },
  },
  'pipeline.parameter_missing': {
    ...shared,
    parameters: z.object({ parameter: z.string(), type: z.string() }),
    message: { en: 'The parameter {parameter} ({type}) has no value.', zh: '参数 {parameter}（{type}）没有值。' },
    next: { en: 'Give it a value or a default.', zh: '请为其赋值或设置默认值。' },
  },
  'pipeline.parameter_unknown': {
    ...shared,
    parameters: z.object({ parameter: z.string(), suggestion: z.string().optional(), known: z.array(z.string()) }),
    message: {
      en: 'The pipeline has no parameter {parameter}; its parameters are: {known}.',
      zh: '管道没有参数 {parameter}；已有参数：{known}。',
    },
    next: { en: 'Correct the name, or declare it under "parameters".', zh: '请更正名称，或在 "parameters" 中声明。' },
  },
  'pipeline.parameter_invalid': {
    ...shared,
    parameters: z.object({ parameter: z.string(), type: z.string(), reason: z.string() }),
    message: {
      en: 'The parameter {parameter} does not fit its type {type}: {reason}',
      zh: '参数 {parameter} 与类型 {type} 不符：{reason}',
    },
    next: { en: 'Give a value that DuckDB can cast to that type.', zh: '请给出可转换为该类型的值。' },
  },
  'node.unknown_type': {
    ...shared,
    parameters: unknownName,
    message: { en: 'Node {node}: there is no node type {name}.', zh: '节点 {node}：没有节点类型 {name}。' },
    next: { en: 'The types are: {known}.', zh: '可用类型：{known}。' },
  },
  'node.setting_missing': {
    ...shared,
    parameters: place,
    message: { en: 'Node {node}: {field} is not set yet.', zh: '节点 {node}：尚未设置 {field}。' },
    next: { en: 'Fill in the field.', zh: '请填写该字段。' },
  },
  'node.config_invalid': {
    ...shared,
    parameters: place.extend({ reason: z.string() }),
    message: { en: 'Node {node}, {field}: {reason}', zh: '节点 {node}，{field}：{reason}' },
    next: { en: 'Correct the field.', zh: '请修改该字段。' },
  },
  'node.unknown_input': {
    ...shared,
    parameters: unknownName,
    message: {
      en: 'Node {node}, {field}: there is no node or output {name}.',
      zh: '节点 {node}，{field}：没有名为 {name} 的节点或输出。',
    },
    next: { en: 'There are: {known}.', zh: '已有：{known}。' },
  },
  'node.cycle': {
    ...shared,
    parameters: place.extend({ path: z.array(z.string()) }),
    message: { en: 'These nodes feed themselves: {path}.', zh: '以下节点形成循环：{path}。' },
    next: { en: 'Remove one of the inputs.', zh: '请去掉其中一个输入。' },
  },
  'node.duplicate_name': {
    ...shared,
    parameters: place.extend({ name: z.string() }),
    message: {
      en: 'Node {node}, {field}: the name {name} is used twice (case does not count).',
      zh: '节点 {node}，{field}：名称 {name} 重复（不区分大小写）。',
    },
    next: { en: 'Rename one of them.', zh: '请重命名其中一个。' },
  },
  'node.unknown_column': {
    ...shared,
    parameters: unknownName,
    message: {
      en: 'Node {node}, {field}: there is no column {name}.',
      zh: '节点 {node}，{field}：没有列 {name}。',
    },
    next: { en: 'The columns are: {known}.', zh: '可用的列：{known}。' },
  },
  'node.unknown_parameter': {
    ...shared,
    parameters: unknownName,
    message: {
      en: 'Node {node}, {field}: the pipeline has no parameter ${name}.',
      zh: '节点 {node}，{field}：管道没有参数 ${name}。',
    },
    next: { en: 'Declare it under "parameters". There are: {known}.', zh: '请在 "parameters" 中声明。已有：{known}。' },
  },
  'node.expression_invalid': {
    ...shared,
    parameters: place.extend({ reason: z.string() }),
    message: { en: 'Node {node}, {field}: {reason}', zh: '节点 {node}，{field}：{reason}' },
    next: { en: 'Correct the expression at the position given.', zh: '请按提示位置修改表达式。' },
  },
  'node.forbidden': {
    ...shared,
    parameters: place.extend({ name: z.string() }),
    message: {
      en: 'Node {node}, {field}: {name} is not allowed here, since it reaches beyond the rows of the pipeline.',
      zh: '节点 {node}，{field}：此处不允许使用 {name}，因为它会访问管道数据之外的内容。',
    },
    next: { en: 'Read outside data with a source node.', zh: '请使用 source 节点读取外部数据。' },
  },
  'node.volatile': {
    ...shared,
    parameters: place.extend({ name: z.string() }),
    message: {
      en: 'Node {node}, {field}: {name} gives another value each time, so rows would fall on both sides or on neither.',
      zh: '节点 {node}，{field}：{name} 每次结果不同，行可能同时落入两侧或都不落入。',
    },
    next: { en: 'Use a sample node for a random choice.', zh: '随机选取请使用 sample 节点。' },
  },
  'node.keys_missing': {
    ...shared,
    parameters: place.extend({ reason: z.string() }),
    message: { en: 'Node {node}: {reason}', zh: '节点 {node} 缺少键：{reason}' },
    next: { en: 'Name at least one key column.', zh: '请至少指定一个键列。' },
  },
  'node.schema_unknown': {
    ...shared,
    parameters: place.extend({ dataset: z.string() }),
    message: {
      en: 'Node {node}: the columns of {dataset} are not known yet.',
      zh: '节点 {node}：尚不知道 {dataset} 的列。',
    },
    next: {
      en: 'Take a snapshot or go online once, so that its schema is kept.',
      zh: '请先建立快照或联机一次，以保存其结构。',
    },
  },
  'node.unused': {
    ...shared,
    parameters: place,
    message: { en: 'Nothing uses node {node}, so it is not run.', zh: '没有任何节点使用 {node}，它不会被执行。' },
    next: { en: 'Connect it to a target, or remove it.', zh: '请将其连接到目标，或删除。' },
  },
} as const satisfies FailureArea
