import { useCallback } from 'react'
import { toldIn } from '../../../engine/contract/told.ts'
import { usePreferences } from '../preferences/preferences.ts'

/** Warnings, reasons and findings of the engine in the chosen language. */
export function useTold(): (text: string) => string {
  const language = usePreferences((state) => state.language)
  return useCallback((text) => toldIn(text, language), [language])
}
