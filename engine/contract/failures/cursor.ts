import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const cursorFailures = {
  'cursor.unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ cursor: z.string() }),
    message: { en: 'These rows are no longer open.', zh: '该数据视图已关闭。' },
    next: { en: 'Open the dataset again.', zh: '请重新打开数据集。' },
  },
  'cursor.column_unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ column: z.string(), suggestion: z.string().optional() }),
    message: { en: 'There is no column {column}.', zh: '没有名为 {column} 的列。' },
    next: { en: 'Choose a column that is shown.', zh: '请选择已显示的列。' },
  },
  'cursor.row_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ row: z.number() }),
    message: { en: 'There is no row {row}, or it was not read yet.', zh: '第 {row} 行不存在或尚未读取。' },
    next: { en: 'Wait until reading has come so far, or choose another row.', zh: '请等待读取完成，或选择其他行。' },
  },
  'export.needs_file': {
    retryable: false,
    exit: 2,
    parameters: z.object({ format: z.string(), rows: z.number(), limit: z.number() }),
    message: {
      en: 'This is too much to copy as {format}: {rows} rows, the limit is {limit}.',
      zh: '内容过多，无法以 {format} 复制：共 {rows} 行，上限为 {limit} 行。',
    },
    next: { en: 'Export to a file, or choose fewer rows.', zh: '请导出到文件，或选择较少的行。' },
  },
  'export.file_exists': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string() }),
    message: { en: 'There is already a file {file}.', zh: '文件 {file} 已存在。' },
    next: { en: 'Choose another name, or allow it to be replaced.', zh: '请更换名称，或允许覆盖。' },
  },
  'folder.unreadable': {
    retryable: false,
    exit: 2,
    parameters: z.object({ directory: z.string(), reason: z.string() }),
    message: { en: 'The folder {directory} cannot be opened: {reason}', zh: '无法打开文件夹 {directory}：{reason}' },
    next: { en: 'Check that it exists and that you may read it.', zh: '请确认该文件夹存在且有读取权限。' },
  },
  'query.not_read_only': {
    retryable: false,
    exit: 2,
    parameters: z.object({ statements: z.int() }),
    message: {
      en: 'Only a single statement that reads can be run here; this text has {statements}, or one that changes something.',
      zh: '此处只能运行一条只读语句；当前文本包含 {statements} 条语句，或其中的语句会更改数据。',
    },
    next: {
      en: 'Write one SELECT, FROM, WITH, VALUES, DESCRIBE or SUMMARIZE statement.',
      zh: '请编写一条 SELECT、FROM、WITH、VALUES、DESCRIBE 或 SUMMARIZE 语句。',
    },
  },
  'query.dataset_unknown': {
    retryable: false,
    exit: 2,
    parameters: z.object({ name: z.string(), suggestion: z.string().optional() }),
    message: { en: 'There is no dataset {name}.', zh: '没有数据集 {name}。' },
    next: {
      en: 'Write connection."dataset", with the names that the tree of connections shows.',
      zh: '请写作 连接."数据集"，名称见连接树。',
    },
  },
} as const satisfies FailureArea
