import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languageSchema } from '../../../engine/contract/localized.ts'
import { loadMonaco, type Monaco } from './load-monaco.ts'

export interface MonacoState {
  /** Undefined while its chunk is loaded. */
  readonly monaco: Monaco | undefined
  readonly error: unknown
}

/** Loads the editor's chunk. */
export function useMonaco(): MonacoState {
  const { i18n } = useTranslation('ui')
  const language = languageSchema.catch('en').parse(i18n.language)
  const [state, setState] = useState<MonacoState>({ monaco: undefined, error: undefined })
  useEffect(() => {
    let isCurrent = true
    loadMonaco(language).then(
      (monaco) => isCurrent && setState({ monaco, error: undefined }),
      (error: unknown) => isCurrent && setState({ monaco: undefined, error }),
    )
    return () => {
      isCurrent = false
    }
  }, [language])
  return state
}
