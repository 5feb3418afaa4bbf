import { Button, Input } from 'antd'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind, OwnSettings } from '../../../engine/contract/api/connections.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { FieldInput } from '../../ui/forms/FieldInput.tsx'
import { emptyValue, type Field, fieldsOf, objectOf } from '../../ui/forms/field-tree.ts'
import { type ConnectionDraft, secretsFor } from './connection-draft.ts'
import styles from './Environments.module.css'
import { type EnvironmentDraft, hasOwnSecret, withOwn, withOwnSecret } from './environment-draft.ts'
import { settingText } from './setting-text.ts'

interface EnvironmentFormProps {
  readonly kind: ConnectionKind
  /** What holds everywhere. */
  readonly common: Pick<ConnectionDraft, 'document' | 'secrets'>
  /** Secret fields of the connection itself that have a value. */
  readonly kept: Readonly<Record<string, boolean>>
  readonly draft: EnvironmentDraft
  readonly onChange: (draft: EnvironmentDraft) => void
}

/** One environment's values of a connection: each setting with the value of everywhere, and its own where it has one. */
export function EnvironmentForm({ kind, common, kept, draft, onChange }: EnvironmentFormProps) {
  const { t } = useTranslation('connections')
  const language = usePreferences((state) => state.language)
  const settings = common.document.settings
  return (
    <div className={styles['lines']}>
      {fieldsOf(kind.fields, language).map((field) => (
        <OwnSetting
          key={field.name}
          field={field}
          schema={objectOf(objectOf(kind.fields['properties'])[field.name])}
          common={settings[field.name]}
          own={draft.settings[field.name]}
          isOwn={Object.hasOwn(draft.settings, field.name)}
          onChange={(value) => onChange(withOwn(draft, field.name, value))}
        />
      ))}
      {secretsFor(kind, { ...settings, ...draft.settings }).map(({ name, title }) => (
        <Line
          key={name}
          title={title[language]}
          common={t((common.secrets[name] ?? kept[name]) ? 'environment.secretKept' : 'secret.none')}
          isOwn={hasOwnSecret(draft, name)}
          onBegin={() => onChange(withOwnSecret(draft, name, ''))}
          onEnd={() => onChange(withOwnSecret(draft, name, Object.hasOwn(draft.settings, name) ? null : undefined))}
        >
          {(id) => (
            <Input.Password
              id={id}
              autoComplete="new-password"
              value={draft.secrets[name] ?? ''}
              placeholder={t(Object.hasOwn(draft.settings, name) ? 'secret.kept' : 'secret.none')}
              onChange={(event) => onChange(withOwnSecret(draft, name, event.target.value))}
            />
          )}
        </Line>
      ))}
    </div>
  )
}

interface OwnSettingProps {
  readonly field: Field
  readonly schema: Readonly<Record<string, unknown>>
  readonly common: unknown
  readonly own: unknown
  readonly isOwn: boolean
  /** Undefined: no value of its own. */
  readonly onChange: (own: OwnSettings[string] | undefined) => void
}

function OwnSetting({ field, schema, common, own, isOwn, onChange }: OwnSettingProps) {
  const { t, i18n } = useTranslation('connections')
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const text = settingText(field, common, (isOn) => t(isOn ? 'environment.on' : 'environment.off'))
  const set = (value: unknown): void => onChange((value ?? null) as OwnSettings[string])
  return (
    <Line
      title={field.title}
      {...(field.description === undefined ? {} : { help: field.description })}
      common={text ?? t('environment.none')}
      isOwn={isOwn}
      onBegin={() => set(common ?? field.defaultValue ?? emptyValue(schema))}
      onEnd={() => onChange(undefined)}
    >
      {(id) => (
        <FieldInput
          shape={field.shape}
          value={own}
          onChange={set}
          place={{ path: field.name, id, label: '', problems: {}, language, draw: undefined, Input: FieldInput }}
        />
      )}
    </Line>
  )
}

interface LineProps {
  readonly title: string
  readonly help?: string
  readonly common: string
  readonly isOwn: boolean
  readonly onBegin: () => void
  readonly onEnd: () => void
  /** The input of its own value, given the id that the label names. */
  readonly children: (id: string) => ReactNode
}

function Line({ title, help, common, isOwn, onBegin, onEnd, children }: LineProps) {
  const { t } = useTranslation('connections')
  const id = useId()
  const own = useRef<HTMLDivElement>(null)
  const wasOwn = useRef(isOwn)
  // The button that was pressed is gone: what took its place is what one goes on with.
  useEffect(() => {
    if (wasOwn.current !== isOwn) own.current?.querySelector<HTMLElement>('input, textarea, button')?.focus()
    wasOwn.current = isOwn
  }, [isOwn])
  return (
    <div role="group" aria-labelledby={`${id}-title`} className={styles['line']} data-own={isOwn}>
      <label id={`${id}-title`} {...(isOwn ? { htmlFor: id } : {})}>
        {title}
      </label>
      <div className={styles['common']}>
        <span className={styles['tag']}>{t('environment.everywhere')}</span> <bdi>{common}</bdi>
      </div>
      <div className={styles['own']} ref={own}>
        {isOwn ? (
          <>
            <div className={styles['input']}>{children(id)}</div>
            <Button size="small" type="text" onClick={onEnd}>
              {t('environment.useCommon')}
            </Button>
          </>
        ) : (
          <Button size="small" onClick={onBegin}>
            {t('environment.own')}
          </Button>
        )}
      </div>
      {help !== undefined && <small>{help}</small>}
    </div>
  )
}
