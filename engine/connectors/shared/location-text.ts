import type { FieldText } from '../../contract/settings-form.ts'

export const FILE_TEXT: FieldText = {
  titles: { en: 'Database file', zh: '数据库文件' },
  descriptions: {
    en: 'A relative path begins at the workspace. The first load makes the file when it is not there.',
    zh: '相对路径从工作区开始；文件不存在时在首次写入时创建。',
  },
}
