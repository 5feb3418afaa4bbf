import { App as AntApp } from 'antd'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../../../../engine/contract/api/failure-of.ts'
import type { SyncRemoval } from '../../../../engine/contract/api/syncs.ts'
import { describeFailure } from '../../../../engine/contract/failure.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useCloseTab } from '../../../app/workbench/use-close-tab.ts'

/** Asks once, naming what is lost, then removes a sync with what its source keeps for it. */
export function useRemoveSync(name: string, tabId: string) {
  const { t } = useTranslation('syncs')
  const { modal } = AntApp.useApp()
  const closeTab = useCloseTab()
  const { bytes } = useFormats()
  const language = usePreferences((state) => state.language)
  // A source that is gone cannot be asked; the sync can be removed all the same.
  const look = useAct((engine, sync: string) =>
    engine.syncs.removal({ sync }).catch((error: unknown) => ({ failure: failureOf(error) })),
  )
  const remove = useAct(
    (engine, keepsReader: boolean) => engine.syncs.remove({ sync: name, keepsReader }),
    ['syncs', 'workspace'],
  )
  const lost = ({ source, reader, tables, isRun }: SyncRemoval): string[] => [
    ...(isRun ? [t('remove.lost.run')] : []),
    ...(reader === undefined ? [] : [t('remove.lost.reader', { source, lag: bytes(reader.lagBytes) })]),
    ...(tables === 0 ? [] : [t('remove.lost.tables', { count: tables })]),
    t('remove.lost.file'),
  ]
  const ask = async (): Promise<void> => {
    const found = await look.run(name)
    if (found === undefined) return
    const isAway = 'failure' in found
    const lines = isAway
      ? [t('remove.away', { reason: describeFailure(found.failure, language).message }), t('remove.lost.file')]
      : lost(found)
    void modal.confirm({
      title: t('remove.title', { name }),
      content: (
        <>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>{t('remove.stays')}</p>
        </>
      ),
      okText: t('remove.go'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: async () => {
        if ((await remove.run(isAway)) !== undefined) closeTab(tabId)
      },
    })
  }
  return { ask, failure: look.failure ?? remove.failure }
}
