import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useKeptSizes } from '../../ui/split/use-kept-sizes.ts'
import type { StudioContext } from '../feature.ts'
import { useWorkbenchState } from '../workbench/use-workbench.ts'
import { EmptyWorkbench } from './EmptyWorkbench.tsx'
import styles from './Shell.module.css'
import { TabGroupView } from './TabGroupView.tsx'

/** The open documents: one to four groups side by side. */
export function TabArea({ context }: { readonly context: StudioContext }) {
  const { t } = useTranslation('app')
  const groups = useWorkbenchState((state) => state.groups)
  const ids = groups.map(({ id }) => id)
  const sizes = useKeptSizes('groups', ids)
  const isEmpty = groups.every(({ tabs }) => tabs.length === 0)
  return (
    <main id="main" className={styles['main']} tabIndex={-1}>
      {isEmpty ? (
        <EmptyWorkbench context={context} />
      ) : (
        <Group disableCursor orientation="horizontal" id="groups" {...sizes}>
          {groups.map((group, index) => (
            <Fragment key={group.id}>
              {index > 0 && <Separator className={styles['separator'] ?? ''} aria-label={t('shell.resize')} />}
              <Panel id={group.id} minSize="240px">
                <TabGroupView group={group} />
              </Panel>
            </Fragment>
          ))}
        </Group>
      )}
    </main>
  )
}
