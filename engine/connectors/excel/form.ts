import type { ConnectorForm } from '../api/form.ts'
import { FILE_CONFIG_TEXTS, FILE_SECRET_TEXTS } from '../shared/places/form.ts'

/** What forms say about the settings and options. */
export const excelForm: ConnectorForm = {
  group: 'file',
  config: FILE_CONFIG_TEXTS,
  secrets: FILE_SECRET_TEXTS,
  source: {
    headerRow: {
      titles: { en: 'Header row', zh: '标题行' },
      descriptions: {
        en: 'The row with the column names, as Excel numbers it; auto finds it; none names columns by letters.',
        zh: '列名所在的行号（同 Excel 行号）；auto 自动查找；none 以列字母命名。',
      },
    },
    columns: {
      titles: { en: 'Types', zh: '列类型' },
      descriptions: { en: 'Types by column; the others are inferred.', zh: '按列指定类型，其余列自动推断。' },
    },
    errors: {
      titles: { en: 'Cells with an error', zh: '错误单元格' },
      descriptions: {
        en: 'Cells such as #REF!, or formulas without a stored result.',
        zh: '如 #REF! 等错误值，或没有保存结果的公式。',
      },
      enumTitles: { reject: { en: 'Refuse the row', zh: '拒绝该行' }, null: { en: 'Read as NULL', zh: '读作空值' } },
    },
    hidden: {
      titles: { en: 'Hidden rows and columns', zh: '隐藏的行和列' },
      descriptions: {
        en: 'Whether rows and columns that are hidden in Excel are read.',
        zh: '是否读取在 Excel 中隐藏的行和列。',
      },
      enumTitles: { include: { en: 'Read', zh: '读取' }, skip: { en: 'Leave out', zh: '忽略' } },
    },
    sampleRows: {
      titles: { en: 'Sample rows', zh: '采样行数' },
      descriptions: { en: 'Rows from which types are inferred.', zh: '用于推断类型的行数。' },
    },
  },
  target: {
    sheet: {
      titles: { en: 'Sheet', zh: '工作表' },
      descriptions: {
        en: 'Name of the sheet, where the dataset does not say it.',
        zh: '工作表名称；数据集中未指明时使用。',
      },
    },
    overflow: {
      titles: { en: 'Too many rows', zh: '行数过多' },
      descriptions: { en: 'Rows beyond the 1,048,576 of a sheet.', zh: '超过单表 1,048,576 行时的处理方式。' },
      enumTitles: {
        refuse: { en: 'Refuse the load', zh: '拒绝写入' },
        split: { en: 'Go on in further sheets', zh: '续写到更多工作表' },
      },
    },
    replaceWorkbook: {
      titles: { en: 'Replace the workbook', zh: '替换整个工作簿' },
      descriptions: {
        en: 'A workbook with other sheets may be replaced as a whole.',
        zh: '允许整体替换含有其他工作表的工作簿。',
      },
    },
  },
}
