import { Button, Input, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind } from '../../../engine/contract/api/connections.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import type { ConnectionDraft } from './connection-draft.ts'
import { Field } from './Field.tsx'

interface SecretFieldsProps {
  readonly secrets: ConnectionKind['secrets']
  readonly kept: Readonly<Record<string, boolean>>
  readonly typed: ConnectionDraft['secrets']
  readonly onChange: (typed: ConnectionDraft['secrets']) => void
}

/** Secrets are typed, never shown: one that is kept stays unless another is typed or it is forgotten. */
export function SecretFields({ secrets, kept, typed, onChange }: SecretFieldsProps) {
  const { t } = useTranslation('connections')
  const language = usePreferences((state) => state.language)
  const isKept = (name: string): boolean => kept[name] ?? false
  const set = (name: string, value: string): void => {
    const { [name]: _, ...others } = typed
    onChange(value === '' ? others : { ...others, [name]: value })
  }
  return secrets.map(({ name, title, description }) => (
    <Field key={name} label={title[language]} help={description[language]}>
      {(id) => (
        <Space.Compact block>
          <Input.Password
            id={id}
            autoComplete="new-password"
            value={typed[name] ?? ''}
            placeholder={placeholder(isKept(name), typed[name] === null, t)}
            onChange={(event) => set(name, event.target.value)}
          />
          {isKept(name) && typed[name] !== null && (
            <Button onClick={() => onChange({ ...typed, [name]: null })}>{t('secret.forget')}</Button>
          )}
        </Space.Compact>
      )}
    </Field>
  ))
}

function placeholder(isKept: boolean, isForgotten: boolean, t: (key: string) => string): string {
  if (isForgotten) return t('secret.forgotten')
  return isKept ? t('secret.kept') : t('secret.none')
}
