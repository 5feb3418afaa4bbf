import type { ConnectorForm } from '../api/form.ts'
import { FILE_CONFIG_TEXTS, FILE_SECRET_TEXTS } from '../shared/places/form.ts'

/** What forms say about the settings and options. */
export const textForm: ConnectorForm = {
  group: 'file',
  config: FILE_CONFIG_TEXTS,
  secrets: FILE_SECRET_TEXTS,
  source: {
    encoding: {
      titles: { en: 'Encoding', zh: '编码' },
      descriptions: {
        en: 'Detected when empty, for example gb18030 or utf-8.',
        zh: '留空则自动识别，例如 gb18030、utf-8。',
      },
    },
    compression: {
      titles: { en: 'Compression', zh: '压缩' },
      descriptions: { en: 'By the file name when empty.', zh: '留空则按文件名判断。' },
      enumTitles: {
        none: { en: 'None', zh: '不压缩' },
        gzip: { en: 'gzip', zh: 'gzip' },
        zstd: { en: 'Zstandard', zh: 'Zstandard' },
      },
    },
    delimiter: {
      titles: { en: 'Delimiter', zh: '分隔符' },
      descriptions: {
        en: 'What stands between two values; may be several characters.',
        zh: '两个值之间的字符，可为多个字符。',
      },
    },
    quote: {
      titles: { en: 'Quote', zh: '引号' },
      descriptions: {
        en: 'Encloses values that hold a delimiter or a line end. Empty text: nothing is quoted.',
        zh: '用于括起含分隔符或换行的值；设为空文本表示不使用引号。',
      },
    },
    escape: {
      titles: { en: 'Escape', zh: '转义符' },
      descriptions: {
        en: 'Makes a quote inside a quoted value plain: the quote itself, or a backslash.',
        zh: '使引号内的引号成为普通字符：引号本身（双写）或反斜杠。',
      },
    },
    strayQuotes: {
      titles: { en: 'Stray quotes', zh: '游离引号' },
      descriptions: { en: 'A quote inside a value that is not quoted.', zh: '未加引号的值中出现引号时的处理方式。' },
      enumTitles: { reject: { en: 'Refuse the row', zh: '拒绝该行' }, keep: { en: 'Keep as text', zh: '按文本保留' } },
    },
    skipRows: {
      titles: { en: 'Skip lines', zh: '跳过行数' },
      descriptions: { en: 'Lines before the header.', zh: '标题行之前要跳过的行数。' },
    },
    header: {
      titles: { en: 'Header', zh: '标题行' },
      descriptions: {
        en: 'Whether the first line names the columns, or how many lines do.',
        zh: '首行是否为列名，或列名占几行。',
      },
    },
    footerRows: {
      titles: { en: 'Footer lines', zh: '页脚行数' },
      descriptions: { en: 'Lines after the last row, such as totals.', zh: '最后一行数据之后的行数，例如合计行。' },
    },
    columns: {
      titles: { en: 'Column names', zh: '列名' },
      descriptions: { en: 'Names instead of those in the file.', zh: '用以代替文件中列名的名称。' },
    },
    nullValues: {
      titles: { en: 'NULL texts', zh: '空值文本' },
      descriptions: { en: 'Unquoted texts that mean NULL.', zh: '表示空值（NULL）的文本，仅限未加引号时。' },
    },
    quotedEmpty: {
      titles: { en: 'Quoted empty text', zh: '带引号的空文本' },
      descriptions: { en: 'What "" is.', zh: '"" 表示空文本还是空值。' },
      enumTitles: { text: { en: 'Empty text', zh: '空文本' }, null: { en: 'NULL', zh: '空值' } },
    },
    types: {
      titles: { en: 'Types', zh: '列类型' },
      descriptions: { en: 'Types by column; the others are inferred.', zh: '按列指定类型，其余列自动推断。' },
    },
    inferTypes: {
      titles: { en: 'Infer types', zh: '推断类型' },
      descriptions: { en: 'When off, columns without a type are text.', zh: '关闭后，未指定类型的列均为文本。' },
    },
    formulaEscapes: {
      titles: { en: 'Formula escapes', zh: '公式转义符' },
      descriptions: {
        en: 'The apostrophe before values that a spreadsheet would run.',
        zh: '电子表格会当作公式执行的值前的单引号。',
      },
      enumTitles: { keep: { en: 'Keep', zh: '保留' }, remove: { en: 'Remove', zh: '去除' } },
    },
    onTypeError: {
      titles: { en: 'On a type error', zh: '类型错误时' },
      descriptions: { en: 'What happens when a value does not fit its column.', zh: '值不符合列类型时的处理方式。' },
      enumTitles: {
        reject: { en: 'Refuse the row', zh: '拒绝该行' },
        widen: { en: 'Read the column as text', zh: '整列按文本读取' },
        stop: { en: 'Stop', zh: '停止' },
      },
    },
    sampleRows: {
      titles: { en: 'Sample rows', zh: '采样行数' },
      descriptions: { en: 'Rows from which types are inferred.', zh: '用于推断类型的行数。' },
    },
  },
  target: {
    encoding: {
      titles: { en: 'Encoding', zh: '编码' },
      descriptions: { en: 'Of the file that is written.', zh: '写出文件的编码。' },
    },
    compression: {
      titles: { en: 'Compression', zh: '压缩' },
      descriptions: { en: 'By the file name when empty.', zh: '留空则按文件名判断。' },
      enumTitles: {
        none: { en: 'None', zh: '不压缩' },
        gzip: { en: 'gzip', zh: 'gzip' },
        zstd: { en: 'Zstandard', zh: 'Zstandard' },
      },
    },
    delimiter: {
      titles: { en: 'Delimiter', zh: '分隔符' },
      descriptions: { en: 'What stands between two values.', zh: '两个值之间的字符。' },
    },
    quote: {
      titles: { en: 'Quote', zh: '引号' },
      descriptions: { en: 'Encloses values that need it.', zh: '用于括起需要引号的值。' },
    },
    quoting: {
      titles: { en: 'Quoting', zh: '加引号方式' },
      descriptions: { en: 'Which values are quoted.', zh: '哪些值加引号。' },
      enumTitles: {
        minimal: { en: 'Where needed', zh: '仅在需要时' },
        all: { en: 'All values', zh: '全部' },
        non_numeric: { en: 'All but numbers', zh: '除数字外全部' },
      },
    },
    header: {
      titles: { en: 'Header', zh: '标题行' },
      descriptions: { en: 'Writes the column names first.', zh: '首行写入列名。' },
    },
    lineEnd: {
      titles: { en: 'Line end', zh: '换行符' },
      descriptions: { en: 'How lines end.', zh: '行尾的换行符。' },
      enumTitles: { lf: { en: 'LF', zh: 'LF' }, crlf: { en: 'CR LF', zh: 'CR LF' } },
    },
    nullText: {
      titles: { en: 'NULL text', zh: '空值文本' },
      descriptions: { en: 'The text written for NULL, never quoted.', zh: '空值写出的文本，不加引号。' },
    },
    escapeFormulas: {
      titles: { en: 'Escape formulas', zh: '转义公式' },
      descriptions: {
        en: 'Puts an apostrophe before values that a spreadsheet would run as a formula.',
        zh: '在电子表格会当作公式执行的值前加单引号。',
      },
    },
  },
}
