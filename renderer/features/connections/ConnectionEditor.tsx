import { App as AntApp, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind } from '../../../engine/contract/api/connections.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { SchemaForm } from '../../ui/forms/SchemaForm.tsx'
import styles from './Connections.module.css'
import { type ConnectionDraft, missingSecrets, nameProblem } from './connection-draft.ts'
import { DiagnosisSection } from './DiagnosisSection.tsx'
import { Field } from './Field.tsx'
import { SecretFields } from './SecretFields.tsx'
import { useConnectionActs } from './use-connection-acts.ts'
import { useEnvironments } from './use-environments.ts'

interface ConnectionEditorProps {
  readonly tabId: string
  readonly kind: ConnectionKind
  readonly initial: ConnectionDraft
  /** Names that may not be taken; of a new connection. */
  readonly taken: readonly string[]
  /** Secret fields that have a value already. */
  readonly kept: Readonly<Record<string, boolean>>
  /** Of the stored file; absent for a new connection. */
  readonly digest?: string
}

/** Form, self-test and acts of one connection. It can be tested before it is saved. */
export function ConnectionEditor({ tabId, kind, initial, taken, kept, digest }: ConnectionEditorProps) {
  const { t } = useTranslation('connections')
  const language = usePreferences((state) => state.language)
  const { setDirty } = useWorkbench()
  const [draft, setDraft] = useState(initial)
  const [environment, setEnvironment] = useState<string>()
  const acts = useConnectionActs(tabId, draft, digest)
  const change = (part: Partial<ConnectionDraft>): void => {
    setDraft({ ...draft, ...part })
    setDirty(tabId, true)
  }
  const isNew = digest === undefined
  const problem = isNew ? nameProblem(draft.name, taken) : undefined
  const missing = missingSecrets(kind, kept, draft.secrets)
  return (
    <>
      <h1>{isNew ? t('newOf', { kind: kind.title[language] }) : <bdi>{draft.name}</bdi>}</h1>
      {isNew && (
        <Field
          label={t('field.name')}
          help={t('field.nameHelp')}
          {...(problem === undefined ? {} : { problem: t(problem) })}
        >
          {(id) => (
            <Input
              id={id}
              value={draft.name}
              spellCheck={false}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
      )}
      <SchemaForm
        schema={kind.fields}
        value={draft.document.settings}
        onChange={(settings) => change({ document: { ...draft.document, settings } })}
      />
      <SecretFields kind={kind} kept={kept} typed={draft.secrets} onChange={(secrets) => change({ secrets })} />
      <div className={styles['actions']}>
        <Button
          type="primary"
          loading={acts.isSaving}
          disabled={problem !== undefined}
          onClick={() => void acts.save()}
        >
          {t('save')}
        </Button>
        {!isNew && <RemoveButton name={draft.name} onRemove={() => void acts.remove()} />}
      </div>
      {missing.length > 0 && <p className={styles['next']}>{t('secretsMissing')}</p>}
      {acts.failure !== undefined && <FailureNotice failure={acts.failure} />}
      <EnvironmentChoice value={environment} onChange={setEnvironment} />
      <DiagnosisSection draft={draft} environment={environment} />
    </>
  )
}

function RemoveButton({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  const { t } = useTranslation('connections')
  const { modal } = AntApp.useApp()
  const ask = (): void => {
    void modal.confirm({
      title: t('remove.title', { name }),
      content: t('remove.detail'),
      okText: t('remove.go'),
      okButtonProps: { danger: true },
      cancelText: t('remove.keep'),
      onOk: onRemove,
    })
  }
  return (
    <Button danger onClick={ask}>
      {t('remove.go')}
    </Button>
  )
}

interface EnvironmentChoiceProps {
  readonly value: string | undefined
  readonly onChange: (environment: string | undefined) => void
}

/** Which environment's values the self-test uses. Nothing is offered where there is only one. */
function EnvironmentChoice({ value, onChange }: EnvironmentChoiceProps) {
  const { t } = useTranslation('connections')
  const environments = useEnvironments()
  if (environments.length === 0) return null
  return (
    <Field label={t('field.environment')} help={t('field.environmentHelp')}>
      {(id) => (
        <Select
          id={id}
          value={value ?? ''}
          onChange={(next) => onChange(next === '' ? undefined : next)}
          options={[
            { value: '', label: t('field.environmentDefault') },
            ...environments.map((name) => ({ value: name, label: name })),
          ]}
        />
      )}
    </Field>
  )
}
