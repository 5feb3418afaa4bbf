import { useMemo } from 'react'
import { usePreferences } from '../preferences/preferences.ts'
import { type Formats, formatsOf } from './formats.ts'
import { tagOf } from './i18n.ts'

/** Numbers and dates as the chosen language writes them. */
export function useFormats(): Formats {
  const language = usePreferences((state) => state.language)
  return useMemo(() => formatsOf(tagOf(language)), [language])
}
