import { App as AntApp, ConfigProvider } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { changeLanguage } from '../i18n/i18n.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { type AntdTexts, antdTexts } from './antd-texts.ts'
import { useThemeMode } from './use-theme-mode.ts'

/** Language, theme and density of everything inside. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const language = usePreferences((state) => state.language)
  const density = usePreferences((state) => state.density)
  const mode = useThemeMode()
  const [texts, setTexts] = useState<AntdTexts>()
  useEffect(() => {
    let isCurrent = true
    void Promise.all([antdTexts(language), changeLanguage(language)]).then(([found]) => isCurrent && setTexts(found))
    return () => {
      isCurrent = false
    }
  }, [language])
  return null
}
