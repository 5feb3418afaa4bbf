import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../ui/key-hint/KeyHint.tsx'
import type { Command, StudioContext } from '../feature.ts'
import { COMMANDS } from '../features.ts'
import styles from './EmptyWorkbench.module.css'

/** No document is open: the ways to go on, with their keys. */
export function EmptyWorkbench({ context }: { readonly context: StudioContext }) {
  const { t } = useTranslation()
  const offered = COMMANDS.filter((command) => command.keys !== undefined && (command.isOffered?.(context) ?? true))
  return (
    <div className={styles['empty']}>
      <p>{t('app:shell.nothingOpen')}</p>
      <dl>
        {offered.map((command) => (
          <CommandLine key={command.id} command={command} context={context} />
        ))}
      </dl>
    </div>
  )
}

function CommandLine({ command, context }: { readonly command: Command; readonly context: StudioContext }) {
  const { t } = useTranslation()
  return (
    <div>
      <dt>
        <button type="button" onClick={() => void command.run(context)}>
          {t(command.title)}
        </button>
      </dt>
      <dd>
        <KeyHint keys={command.keys ?? ''} />
      </dd>
    </div>
  )
}
