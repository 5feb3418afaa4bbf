import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind } from '../../../engine/contract/api/connections.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { fieldsOf } from '../../ui/forms/field-tree.ts'
import type { ConnectionDraft } from './connection-draft.ts'
import styles from './Environments.module.css'
import { type EnvironmentDraft, hasOwnSecret, ownValues } from './environment-draft.ts'
import { settingText } from './setting-text.ts'

interface EnvironmentTableProps {
  readonly kind: ConnectionKind
  readonly common: Pick<ConnectionDraft, 'document' | 'secrets'>
  readonly kept: Readonly<Record<string, boolean>>
  readonly drafts: Readonly<Record<string, EnvironmentDraft>>
  readonly onOpen: (environment: string) => void
}

/** Every setting in every environment. A value of its own stands out from those that hold everywhere. */
export function EnvironmentTable({ kind, common, kept, drafts, onOpen }: EnvironmentTableProps) {
  const { t } = useTranslation('connections')
  const language = usePreferences((state) => state.language)
  const all = Object.entries(drafts).map(([name, draft]) => ({ name, draft, own: ownValues(draft) }))
  const secretText = (isThere: boolean): string => t(isThere ? 'environment.secretKept' : 'secret.none')
  const lines = fieldsOf(kind.fields, language).map((field) => {
    const text = (value: unknown): string =>
      settingText(field, value, (isOn) => t(isOn ? 'environment.on' : 'environment.off')) ?? t('environment.none')
    const everywhere = text(common.document.settings[field.name])
    const cells = all.map(({ name, own }) => ({
      name,
      isOwn: Object.hasOwn(own, field.name),
      text: Object.hasOwn(own, field.name) ? text(own[field.name]) : everywhere,
    }))
    return { name: field.name, title: field.title, everywhere, cells }
  })
  const secrets = kind.secrets.map(({ name: field, title }) => {
    const everywhere = secretText(Boolean(common.secrets[field] ?? kept[field]))
    const cells = all.map(({ name, draft }) => ({
      name,
      isOwn: hasOwnSecret(draft, field),
      text: hasOwnSecret(draft, field) ? secretText(true) : everywhere,
    }))
    return { name: field, title: title[language], everywhere, cells }
  })
  return (
    <div role="region" className={styles['scrolled']} tabIndex={0} aria-label={t('environment.sideBySide')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('environment.setting')}</th>
            <th scope="col">{t('environment.everywhere')}</th>
            {all.map(({ name }) => (
              <th key={name} scope="col" aria-label={name}>
                <Button type="link" size="small" onClick={() => onOpen(name)}>
                  <bdi>{name}</bdi>
                </Button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...lines, ...secrets].map(({ name, title, everywhere, cells }) => (
            <tr key={name}>
              <th scope="row">{title}</th>
              <td>
                <bdi>{everywhere}</bdi>
              </td>
              {cells.map((cell) => (
                <td key={cell.name} data-own={cell.isOwn}>
                  <bdi>{cell.text}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
