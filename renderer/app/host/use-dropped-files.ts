import { App as AntApp } from 'antd'
import { useTranslation } from 'react-i18next'
import type { StudioContext } from '../feature.ts'
import { desktopHost } from './desktop-host.ts'

/** Opens files that were dropped: the desktop knows their paths, a browser does not tell them. */
export function useDroppedFiles(context: StudioContext): (files: readonly File[]) => void {
  const { t } = useTranslation('app')
  const { message } = AntApp.useApp()
  return (files) => {
    const desktop = desktopHost()
    if (desktop === undefined) return void message.info(t('drop.browser'))
    for (const file of files) context.openTab({ kind: 'dataset', params: { file: desktop.pathOf(file) } })
  }
}
