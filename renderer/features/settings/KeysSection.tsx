import { Button } from 'antd'
import { useState } from 'react'
import { useRecordHotkeys } from 'react-hotkeys-hook'
import { useTranslation } from 'react-i18next'
import type { Command } from '../../app/feature.ts'
import { useCommands } from '../../app/features-context.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { KeyHint } from '../../ui/key-hint/KeyHint.tsx'
import { keyClash, keysOf, keysText } from './keys.ts'
import styles from './Settings.module.css'

/** Every command with its keys; press new ones to change them. */
export function KeysSection() {
  const { t } = useTranslation('settings')
  const commands = useCommands()
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">{t('keys')}</h2>
      {commands.map((command) => (
        <KeyLine key={command.id} command={command} />
      ))}
    </section>
  )
}

function KeyLine({ command }: { readonly command: Command }) {
  const { t } = useTranslation()
  const { keys, set } = usePreferences()
  const commands = useCommands()
  const [recorded, { start, stop, resetKeys, isRecording }] = useRecordHotkeys()
  const [clash, setClash] = useState<string>()
  const current = keysOf(command, keys)
  const accept = (): void => {
    const pressed = keysText(recorded)
    const other = keyClash(commands, keys, command.id, pressed)
    setClash(other === undefined ? undefined : t(other.title))
    if (pressed !== '' && other === undefined) set({ keys: { ...keys, [command.id]: pressed } })
    stop()
    resetKeys()
  }
  const reset = (): void => {
    const { [command.id]: _, ...others } = keys
    set({ keys: others })
  }
  return (
    <div className={styles['line']}>
      <span>{t(command.title)}</span>
      <span className={styles['keys']}>
        {clash !== undefined && <span role="alert">{t('settings:keys.clash', { command: clash })}</span>}
        <KeyHint keys={isRecording ? keysText(recorded) : (current ?? '')} />
        <Button
          size="small"
          onClick={isRecording ? accept : start}
          aria-label={t('settings:keys.change', { command: t(command.title) })}
        >
          {t(isRecording ? 'settings:keys.accept' : 'settings:keys.changeShort')}
        </Button>
        {keys[command.id] !== undefined && (
          <Button size="small" type="text" onClick={reset}>
            {t('settings:keys.reset')}
          </Button>
        )}
      </span>
    </div>
  )
}
