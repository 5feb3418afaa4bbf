import type { ConnectorForm } from '../api/form.ts'
import { FILE_CONFIG_TEXTS, FILE_SECRET_TEXTS } from '../shared/places/form.ts'

/** What forms say about the settings and options. */
export const parquetForm: ConnectorForm = {
  group: 'file',
  config: FILE_CONFIG_TEXTS,
  secrets: FILE_SECRET_TEXTS,
  source: {
    partitionTypes: {
      titles: { en: 'Partition types', zh: '分区列类型' },
      descriptions: {
        en: 'Types of the columns that come from folder names (region=EU); decided by the names when empty.',
        zh: '来自文件夹名（region=EU）的列的类型；留空则按名称判断。',
      },
    },
  },
  target: {
    compression: {
      titles: { en: 'Compression', zh: '压缩' },
      descriptions: { en: 'How the columns are compressed.', zh: '列数据的压缩方式。' },
      enumTitles: {
        zstd: { en: 'Zstandard', zh: 'Zstandard' },
        snappy: { en: 'Snappy', zh: 'Snappy' },
        gzip: { en: 'gzip', zh: 'gzip' },
        none: { en: 'None', zh: '不压缩' },
      },
    },
    rowGroupRows: {
      titles: { en: 'Rows per row group', zh: '每个行组的行数' },
      descriptions: {
        en: 'Larger groups compress better, smaller ones are read more selectively.',
        zh: '行组越大压缩率越高，越小则读取越有选择性。',
      },
    },
    partitionBy: {
      titles: { en: 'Partition by', zh: '分区列' },
      descriptions: {
        en: 'Columns whose values become folders; only for a dataset that is a folder.',
        zh: '其值成为文件夹的列；仅用于文件夹形式的数据集。',
      },
    },
  },
}
