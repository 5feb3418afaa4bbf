import { usePreferences } from '../preferences/preferences.ts'

/** Goes with every call: the engine tells of problems in the language of who asks, also after it was changed. */
export function languageHeaders(): { 'accept-language': string } {
  return { 'accept-language': usePreferences.getState().language }
}
