import { type Language, languageSchema } from '../../contract/localized.ts'

/** The language asked for by `--lang`, else by the locale; English when neither says. Undefined for a language we do not speak. */
export function chooseLanguage(
  asked: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): Language | undefined {
  if (asked !== undefined) return languageSchema.safeParse(asked.slice(0, 2).toLowerCase()).data
  const locale = [variables['LC_ALL'], variables['LC_MESSAGES'], variables['LANG']].find((value) => value)
  return locale !== undefined && /^zh/i.test(locale) ? 'zh' : 'en'
}
