import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../../engine/contract/localized.ts'
import { textsOf } from '../early/texts.ts'

/** Starts with one language; the other is loaded when it is chosen. */
export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    keySeparator: false,
    interpolation: { escapeValue: false },
    resources: { [language]: await textsOf(language) },
  })
  document.documentElement.lang = tagOf(language)
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'app')) {
    for (const [area, texts] of Object.entries(await textsOf(language)))
      i18next.addResourceBundle(language, area, texts)
  }
  await i18next.changeLanguage(language)
  document.documentElement.lang = tagOf(language)
}

/** The BCP 47 tag for numbers, dates and fonts. */
export function tagOf(language: Language): 'zh-CN' | 'en' {
  return language === 'zh' ? 'zh-CN' : 'en'
}
