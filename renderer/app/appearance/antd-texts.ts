import type { ConfigProviderProps } from 'antd'
import type { Language } from '../../../engine/contract/localized.ts'

export type AntdTexts = NonNullable<ConfigProviderProps['locale']>

const TEXTS: Record<Language, () => Promise<AntdTexts>> = {
  en: async () => (await import('antd/locale/en_US')).default,
  zh: async () => (await import('antd/locale/zh_CN')).default,
}

/** What the UI kit itself says: "No data", "Cancel", names of months. */
export function antdTexts(language: Language): Promise<AntdTexts> {
  return TEXTS[language]()
}
