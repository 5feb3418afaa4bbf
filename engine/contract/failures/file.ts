import { z } from 'zod'
import type { FailureArea } from '../failure-spec.ts'

export const fileFailures = {
  'file.changed': {
    retryable: true,
    exit: 1,
    parameters: z.object({ file: z.string() }),
    message: { en: '{file} changed while it was read.', zh: '读取期间文件 {file} 发生了变化。' },
    next: { en: 'Run again when nothing writes to it.', zh: '请在没有程序写入该文件时重新运行。' },
  },
  'file.outside_folder': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string() }),
    message: {
      en: '{file} lies outside the folder of its connection.',
      zh: '{file} 不在其连接所指定的文件夹内。',
    },
    next: {
      en: 'Name a file inside the folder, or give the connection another folder.',
      zh: '请指定该文件夹内的文件，或修改连接的文件夹。',
    },
  },
  'file.unknown_encoding': {
    retryable: false,
    exit: 2,
    parameters: z.object({ encoding: z.string(), known: z.array(z.string()) }),
    message: { en: 'Runnel does not know the encoding {encoding}.', zh: '不支持编码 {encoding}。' },
    next: { en: 'Use one of: {known}.', zh: '可用的编码：{known}。' },
  },
  'parquet.invalid': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), reason: z.string() }),
    message: {
      en: '{file} is not a readable Parquet file: {reason}',
      zh: '{file} 不是可读取的 Parquet 文件：{reason}',
    },
    next: {
      en: 'Copy the file again from where it was made; it may be cut off or of another format.',
      zh: '请从来源重新复制该文件；它可能不完整或为其他格式。',
    },
  },
  'json.invalid': {
    retryable: false,
    exit: 1,
    parameters: z.object({
      file: z.string(),
      offset: z.number(),
      line: z.number(),
      column: z.number(),
      reason: z.string(),
    }),
    message: {
      en: '{file} is not valid JSON at byte {offset} (line {line}, column {column}): {reason}.',
      zh: '{file} 在字节 {offset}（第 {line} 行第 {column} 列）处不是有效的 JSON：{reason}。',
    },
    next: {
      en: 'Correct the file. One value per line is NDJSON: name it .ndjson or set the option format to ndjson.',
      zh: '请修正该文件。若每行一个值则为 NDJSON：请使用 .ndjson 扩展名或将选项 format 设为 ndjson。',
    },
  },
  'json.too_deep': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), limit: z.number(), offset: z.number() }),
    message: {
      en: '{file} is nested deeper than {limit} levels at byte {offset}.',
      zh: '{file} 在字节 {offset} 处的嵌套超过 {limit} 层。',
    },
    next: { en: 'Flatten the document where it is made.', zh: '请在生成该文件的地方减少嵌套层数。' },
  },
  'json.record_too_large': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), offset: z.number(), limitBytes: z.number() }),
    message: {
      en: 'A record of {file} at byte {offset} is larger than {limitBytes} bytes.',
      zh: '{file} 中位于字节 {offset} 的记录超过 {limitBytes} 字节。',
    },
    next: {
      en: 'If the records lie deeper in the document, give their path, for example $.data.items.',
      zh: '如果记录位于文档更深处，请指定其路径，例如 $.data.items。',
    },
  },
  'json.path_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string(), path: z.string() }),
    message: { en: '{file} has nothing at {path}.', zh: '{file} 中没有路径 {path}。' },
    next: {
      en: 'Look at the document without a path to see where its records lie.',
      zh: '请先不指定路径查看文档，确认记录所在位置。',
    },
  },
  'xml.invalid': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), line: z.number(), column: z.number(), reason: z.string() }),
    message: {
      en: '{file} is not well-formed XML at line {line}, column {column}: {reason}.',
      zh: '{file} 在第 {line} 行第 {column} 列处不是格式良好的 XML：{reason}。',
    },
    next: { en: 'Correct the file where it is made.', zh: '请在生成该文件的地方修正。' },
  },
  'xml.undecodable': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), encoding: z.string(), offset: z.number() }),
    message: {
      en: '{file} holds bytes that are no {encoding} text, soon after byte {offset}.',
      zh: '{file} 在字节 {offset} 之后含有不属于 {encoding} 编码的字节。',
    },
    next: {
      en: 'Say its real encoding with the option encoding, or correct the file.',
      zh: '请用选项 encoding 指定实际编码，或修正该文件。',
    },
  },
  'xml.unsafe': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), reason: z.string() }),
    message: {
      en: '{file} is XML that could do harm: {reason}.',
      zh: '{file} 是可能有害的 XML：{reason}。',
    },
    next: {
      en: 'Do not trust the file; ask for it without a document type declaration.',
      zh: '请勿信任该文件；请索取不含文档类型声明的版本。',
    },
  },
  'xml.too_deep': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), limit: z.number(), line: z.number() }),
    message: {
      en: '{file} is nested deeper than {limit} levels at line {line}.',
      zh: '{file} 在第 {line} 行的嵌套超过 {limit} 层。',
    },
    next: { en: 'Flatten the document where it is made.', zh: '请在生成该文件的地方减少嵌套层数。' },
  },
  'xml.record_too_large': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), line: z.number(), limit: z.number() }),
    message: {
      en: 'A record of {file} that begins at line {line} has more than {limit} characters.',
      zh: '{file} 中从第 {line} 行开始的记录超过 {limit} 个字符。',
    },
    next: {
      en: 'If the records lie deeper in the document, give their path, for example /orders/order.',
      zh: '如果记录位于文档更深处，请指定其路径，例如 /orders/order。',
    },
  },
  'xml.path_missing': {
    retryable: false,
    exit: 2,
    parameters: z.object({ file: z.string(), path: z.string() }),
    message: { en: '{file} has no element at {path}.', zh: '{file} 中没有位于 {path} 的元素。' },
    next: {
      en: 'Look at the document without a path to see where its records lie.',
      zh: '请先不指定路径查看文档，确认记录所在位置。',
    },
  },
  'xml.unwritable': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), column: z.string(), character: z.string() }),
    message: {
      en: 'A value of {column} for {file} holds the character {character}, which XML 1.0 does not have.',
      zh: '要写入 {file} 的列 {column} 的值含有字符 {character}，而 XML 1.0 不允许该字符。',
    },
    next: {
      en: 'Replace or remove the character in the pipeline, or write another format.',
      zh: '请在管道中替换或去除该字符，或改用其他格式。',
    },
  },
  'file.corrupt': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), reason: z.string() }),
    message: { en: '{file} is damaged or cut off: {reason}', zh: '文件 {file} 已损坏或不完整：{reason}' },
    next: { en: 'Copy the file again from where it was made.', zh: '请从来源重新复制该文件。' },
  },
  'file.headers_differ': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), missing: z.array(z.string()), extra: z.array(z.string()) }),
    message: {
      en: '{file} has other columns than the first file of its dataset: missing [{missing}], extra [{extra}].',
      zh: '{file} 的列与数据集中第一个文件不一致：缺少 [{missing}]，多出 [{extra}]。',
    },
    next: {
      en: 'Read files of one shape together and the others as another dataset.',
      zh: '请将结构相同的文件放在一起读取，其余作为另一个数据集。',
    },
  },
  'file.type_broken': {
    retryable: false,
    exit: 1,
    parameters: z.object({ locator: z.string(), column: z.string(), type: z.string(), value: z.string() }),
    message: {
      en: '{locator}: {value} in column {column} is not a value of {type}.',
      zh: '{locator}：列 {column} 的值 {value} 不是有效的 {type}。',
    },
    next: {
      en: 'Declare another type for the column, or set onTypeError to reject or widen.',
      zh: '请为该列声明其他类型，或将 onTypeError 设为 reject 或 widen。',
    },
  },
  'excel.not_a_workbook': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), actual: z.string() }),
    message: {
      en: '{file} is not an Excel workbook but {actual}.',
      zh: '{file} 不是 Excel 工作簿，实际为：{actual}。',
    },
    next: {
      en: 'Save it from Excel as .xlsx, or rename it and read it as what it is.',
      zh: '请在 Excel 中另存为 .xlsx，或按其实际类型重命名后读取。',
    },
  },
  'excel.encrypted': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string() }),
    message: { en: '{file} is encrypted with a password.', zh: '{file} 已用密码加密。' },
    next: { en: 'Save it without a password first.', zh: '请先将其另存为不带密码的文件。' },
  },
  'excel.zip_bomb': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), limit: z.string() }),
    message: {
      en: '{file} would unpack to more than the limit of {limit}.',
      zh: '{file} 解压后将超过上限（{limit}）。',
    },
    next: {
      en: 'If the file is trustworthy, save it again from Excel or split it.',
      zh: '如果该文件可信，请在 Excel 中重新保存或将其拆分。',
    },
  },
  'excel.unsafe_xml': {
    retryable: false,
    exit: 1,
    parameters: z.object({ file: z.string(), reason: z.string() }),
    message: {
      en: '{file} holds XML that no workbook needs and that could do harm: {reason}.',
      zh: '{file} 含有工作簿不需要且可能有害的 XML：{reason}。',
    },
    next: { en: 'Do not trust the file; ask where it came from.', zh: '请勿信任该文件，并核实其来源。' },
  },
  'file.unencodable': {
    retryable: false,
    exit: 1,
    parameters: z.object({
      file: z.string(),
      row: z.int(),
      character: z.string(),
      codePoint: z.string(),
      encoding: z.string(),
    }),
    message: {
      en: 'Row {row} for {file} holds {character} ({codePoint}), which {encoding} does not have.',
      zh: '写入 {file} 的第 {row} 行包含字符 {character}（{codePoint}），编码 {encoding} 无法表示。',
    },
    next: {
      en: 'Nothing was written. Use gb18030 or utf-8, or replace the character in a map node.',
      zh: '未写入任何内容。请改用 gb18030 或 utf-8 编码，或在映射节点中替换该字符。',
    },
  },
} as const satisfies FailureArea
