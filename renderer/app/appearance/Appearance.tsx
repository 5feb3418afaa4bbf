import { App as AntApp, ConfigProvider } from 'antd'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import '../../ui/theme/global.css'
import { cssVariables, themeOf } from '../../ui/theme/theme.ts'
import { useMedia } from '../../ui/theme/use-media.ts'
import { changeLanguage } from '../i18n/i18n.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { type AntdTexts, antdTexts } from './antd-texts.ts'
import { useThemeMode } from './use-theme-mode.ts'

/** Language, theme and density of everything inside. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const language = usePreferences((state) => state.language)
  const density = usePreferences((state) => state.density)
  const mode = useThemeMode()
  const isStill = useMedia('(prefers-reduced-motion: reduce)')
  const theme = useMemo(() => themeOf({ mode, density, isStill }), [mode, density, isStill])
  const [texts, setTexts] = useState<AntdTexts>()
  useLayoutEffect(() => {
    for (const [name, value] of Object.entries(cssVariables(mode)))
      document.documentElement.style.setProperty(name, value)
  }, [mode])
  useEffect(() => {
    let isCurrent = true
    void Promise.all([antdTexts(language), changeLanguage(language)]).then(([found]) => isCurrent && setTexts(found))
    return () => {
      isCurrent = false
    }
  }, [language])
  return (
    <ConfigProvider
      theme={theme}
      {...(texts === undefined ? {} : { locale: texts })}
      button={{ autoInsertSpace: false }}
    >
      <AntApp>{children}</AntApp>
    </ConfigProvider>
  )
}
