import type { Language } from '../../../engine/contract/localized.ts'
import type { monaco } from './monaco.ts'

export type Monaco = typeof monaco

let loading: Promise<Monaco> | undefined

/** The editor's chunk, once. Its own texts are in the language of the first call: Monaco reads them while it is loaded. */
export function loadMonaco(language: Language): Promise<Monaco> {
  loading ??= load(language).catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function load(language: Language): Promise<Monaco> {
  if (language === 'zh') await import('./monaco-zh.ts')
  return (await import('./monaco.ts')).monaco
}
