import { Command as Cmdk } from 'cmdk'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFocusBack } from '../../ui/focus/use-focus-back.ts'
import { KeyHint } from '../../ui/key-hint/KeyHint.tsx'
import { useComposed } from '../../ui/text/use-composed.ts'
import type { Command, StudioContext } from '../feature.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { useWorkbench, useWorkbenchState } from '../workbench/use-workbench.ts'
import { offeredCommands } from './commands.ts'
import styles from './Palette.module.css'
import { useActive } from './use-active.ts'
import { useFound } from './use-found.ts'

/** Commands and everything that has a name, by typing. */
export function Palette({ context }: { readonly context: StudioContext }) {
  const isOpen = useWorkbenchState((state) => state.isPaletteOpen)
  return isOpen ? <OpenPalette context={context} /> : null
}

function OpenPalette({ context }: { readonly context: StudioContext }) {
  useFocusBack()
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const { setPalette } = useWorkbench()
  const commands = offeredCommands(query, context, (title) => t(title))
  const { groups, isSearching } = useFound(query, context)
  const values = [
    ...groups.flatMap(({ finder, found }) => found.map(({ id }) => `${finder.id}:${id}`)),
    ...commands.map(({ id }) => `command:${id}`),
  ]
  const active = useActive(values, query)
  const composed = useComposed(query, setQuery)
  const choose = (run: () => void): void => {
    setPalette(false)
    run()
  }
  return (
    <Cmdk.Dialog
      open
      onOpenChange={setPalette}
      label={t('app:palette.title')}
      shouldFilter={false}
      overlayClassName={styles['overlay'] ?? ''}
      contentClassName={styles['dialog'] ?? ''}
      {...active}
    >
      <Cmdk.Input
        {...composed.heard}
        value={composed.shown}
        onValueChange={composed.type}
        placeholder={t('app:palette.placeholder')}
      />
      <Cmdk.List label={t('app:palette.title')}>
        {!isSearching && <Cmdk.Empty>{t('app:palette.nothing')}</Cmdk.Empty>}
        <FoundGroups groups={groups} onChoose={choose} />
        <Commands commands={commands} onChoose={(command) => choose(() => void command.run(context))} />
      </Cmdk.List>
    </Cmdk.Dialog>
  )
}

interface FoundGroupsProps {
  readonly groups: ReturnType<typeof useFound>['groups']
  readonly onChoose: (run: () => void) => void
}

function FoundGroups({ groups, onChoose }: FoundGroupsProps) {
  const { t } = useTranslation()
  return groups.map(({ finder, found }) => (
    <Cmdk.Group key={finder.id} heading={t(finder.title)}>
      {found.map(({ id, label, detail, run }) => (
        <Cmdk.Item key={id} value={`${finder.id}:${id}`} onSelect={() => onChoose(run)}>
          <bdi>{label}</bdi>
          {detail !== undefined && <small>{detail}</small>}
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  ))
}

interface CommandsProps {
  readonly commands: readonly Command[]
  readonly onChoose: (command: Command) => void
}

function Commands({ commands, onChoose }: CommandsProps) {
  const { t } = useTranslation()
  const keys = usePreferences((state) => state.keys)
  if (commands.length === 0) return null
  return (
    <Cmdk.Group heading={t('app:palette.commands')}>
      {commands.map((command) => (
        <Cmdk.Item key={command.id} value={`command:${command.id}`} onSelect={() => onChoose(command)}>
          {t(command.title)}
          <KeyHint keys={keys[command.id] ?? command.keys ?? ''} />
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  )
}
