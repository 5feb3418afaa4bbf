import { useTranslation } from 'react-i18next'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useKeptSizes } from '../../ui/split/use-kept-sizes.ts'
import { ChoosePathProvider } from '../host/ChoosePathProvider.tsx'
import { useDesktop } from '../host/use-desktop.ts'
import { Palette } from '../palette/Palette.tsx'
import { useWorkbenchState } from '../workbench/use-workbench.ts'
import { ActivityBar } from './ActivityBar.tsx'
import { ActivityPanel } from './ActivityPanel.tsx'
import { FileDrop } from './FileDrop.tsx'
import { LostBanner } from './LostBanner.tsx'
import styles from './Shell.module.css'
import { StatusBar } from './StatusBar.tsx'
import { TabArea } from './TabArea.tsx'
import { useCommandKeys } from './use-command-keys.ts'
import { useStudioContext } from './use-studio-context.ts'

interface ShellProps {
  readonly workspace: string | undefined
  readonly isLost: boolean
}

/** The workbench: activities at the left, tabs in the middle, state of things at the bottom. */
export function Shell({ workspace, isLost }: ShellProps) {
  const { t } = useTranslation('app')
  const context = useStudioContext(workspace)
  const activity = useWorkbenchState((state) => state.activity)
  const isPanelShown = useWorkbenchState((state) => state.isPanelShown)
  const sizes = useKeptSizes('shell', isPanelShown && activity !== undefined ? ['side', 'tabs'] : ['tabs'])
  useCommandKeys(context)
  useDesktop(context)
  return (
    <ChoosePathProvider>
      <FileDrop context={context}>
        <div className={styles['shell']}>
          <a className={styles['skip']} href="#main">
            {t('shell.skip')}
          </a>
          {isLost && <LostBanner />}
          <div className={styles['middle']}>
            <ActivityBar context={context} />
            <Group disableCursor orientation="horizontal" className={styles['panels'] ?? ''} id="shell" {...sizes}>
              {isPanelShown && activity !== undefined && (
                <>
                  <Panel
                    id="side"
                    defaultSize="264px"
                    minSize="180px"
                    maxSize="520px"
                    groupResizeBehavior="preserve-pixel-size"
                  >
                    <ActivityPanel id={activity} />
                  </Panel>
                  <Separator className={styles['separator'] ?? ''} aria-label={t('shell.resize')} />
                </>
              )}
              <Panel id="tabs" minSize="320px">
                <TabArea context={context} />
              </Panel>
            </Group>
          </div>
          <StatusBar context={context} isLost={isLost} />
          <Palette context={context} />
        </div>
      </FileDrop>
    </ChoosePathProvider>
  )
}
