import { App as AntApp } from 'antd'
import { useTranslation } from 'react-i18next'
import type { StudioContext } from '../feature.ts'
import { type Dropped, droppedItems } from '../uploads/dropped-items.ts'
import { placesToOpen } from '../uploads/opened-places.ts'
import { upload } from '../uploads/uploads.ts'
import { desktopHost } from './desktop-host.ts'
import { joined } from './joined.ts'

/** Where files go that a browser sends, inside the workspace. */
const FOLDER = 'uploads'

/** Opens what was dropped: the desktop knows its path; a browser sends it into the workspace first. */
export function useDroppedFiles({ workspace, openTab }: StudioContext): (transfer: DataTransfer) => void {
  const { t } = useTranslation('app')
  const { message } = AntApp.useApp()
  const open = (file: string): void => openTab({ kind: 'dataset', params: { file } })
  return (transfer) => {
    const desktop = desktopHost()
    if (workspace === undefined) return void message.info(t('drop.noWorkspace'))
    if (desktop !== undefined) return [...transfer.files].forEach((file) => open(desktop.pathOf(file)))
    const directory = joined(workspace, FOLDER) ?? workspace
    const send = async (item: Dropped): Promise<void> => {
      for (const place of placesToOpen((await upload(item, directory)) ?? [])) open(place)
    }
    void droppedItems(transfer).then((items) => Promise.all(items.map(send)))
  }
}
