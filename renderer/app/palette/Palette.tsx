import { Command as Cmdk } from 'cmdk'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../ui/key-hint/KeyHint.tsx'
import type { StudioContext } from '../feature.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { useWorkbench, useWorkbenchState } from '../workbench/use-workbench.ts'
import { offeredCommands } from './commands.ts'
import styles from './Palette.module.css'
import { useFound } from './use-found.ts'

/** Commands and everything that has a name, by typing. */
export function Palette({ context }: { readonly context: StudioContext }) {
  const { t } = useTranslation('app')
  const isOpen = useWorkbenchState((state) => state.isPaletteOpen)
  const { setPalette } = useWorkbench()
  if (!isOpen) return null
  return (
    <Cmdk.Dialog
      open
      onOpenChange={setPalette}
      label={t('palette.title')}
      shouldFilter={false}
      overlayClassName={styles['overlay'] ?? ''}
      contentClassName={styles['dialog'] ?? ''}
    >
      <PaletteBody context={context} />
    </Cmdk.Dialog>
  )
}

function PaletteBody({ context }: { readonly context: StudioContext }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const { setPalette } = useWorkbench()
  const keys = usePreferences((state) => state.keys)
  const commands = offeredCommands(query, context, (title) => t(title))
  const { groups, isSearching } = useFound(query, context)
  const choose = (run: () => void): void => {
    setPalette(false)
    run()
  }
  return (
    <>
      <Cmdk.Input value={query} onValueChange={setQuery} placeholder={t('app:palette.placeholder')} />
      <Cmdk.List label={t('app:palette.title')}>
        {!isSearching && <Cmdk.Empty>{t('app:palette.nothing')}</Cmdk.Empty>}
        {groups.map(({ finder, found }) => (
          <Cmdk.Group key={finder.id} heading={t(finder.title)}>
            {found.map(({ id, label, detail, run }) => (
              <Cmdk.Item key={id} value={`${finder.id}:${id}`} onSelect={() => choose(run)}>
                <bdi>{label}</bdi>
                {detail !== undefined && <small>{detail}</small>}
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
        ))}
        {commands.length > 0 && (
          <Cmdk.Group heading={t('app:palette.commands')}>
            {commands.map((command) => (
              <Cmdk.Item
                key={command.id}
                value={`command:${command.id}`}
                onSelect={() => choose(() => void command.run(context))}
              >
                {t(command.title)}
                <KeyHint keys={keys[command.id] ?? command.keys ?? ''} />
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
        )}
      </Cmdk.List>
    </>
  )
}
