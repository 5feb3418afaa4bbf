import { App as AntApp, Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind } from '../../../engine/contract/api/connections.ts'
import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import { DraftOffer } from '../../app/drafts/DraftOffer.tsx'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useTabKeys } from '../../app/workbench/use-tab-keys.ts'
import { useEnvironments } from '../../app/workspace/use-environments.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { SchemaForm } from '../../ui/forms/SchemaForm.tsx'
import { TextInput } from '../../ui/text/TextInput.tsx'
import styles from './Connections.module.css'
import { type ConnectionDraft, missingSecrets, nameProblem } from './connection-draft.ts'
import { DiagnosisSection } from './DiagnosisSection.tsx'
import { draftFrom } from './draft-text.ts'
import { Field } from './Field.tsx'
import { SecretFields } from './SecretFields.tsx'
import { useConnectionActs } from './use-connection-acts.ts'
import { useFormDraft } from './use-form-draft.ts'

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
  /** The file of its drafts. */
  readonly file: string
  /** Unsaved work of an earlier time. */
  readonly earlier?: DraftEntry | undefined
  /** Whether it begins with unsaved work. */
  readonly isEdited?: boolean
}

/** Form, self-test and acts of one connection. It can be tested before it is saved. */
export function ConnectionEditor(props: ConnectionEditorProps) {
  const { tabId, kind, initial, taken, digest, file, earlier, isEdited = false } = props
  const { t } = useTranslation('connections')
  const language = usePreferences((state) => state.language)
  const [environment, setEnvironment] = useState<string>()
  const form = useFormDraft({ tabId, file, digest, isEdited, kept: props.kept }, initial)
  const { draft, kept, change } = form
  const acts = useConnectionActs(tabId, form)
  const isNew = digest === undefined
  const problem = isNew ? nameProblem(draft.name, taken) : undefined
  const missing = missingSecrets(kind, kept, draft.secrets)
  const unsaved = earlier === undefined ? undefined : draftFrom(earlier.text)
  const save = (): void => {
    if (problem === undefined && !acts.isSaving) void acts.save()
  }
  useTabKeys('mod+s', save, { inFields: true })
  return (
    <>
      {earlier !== undefined && unsaved !== undefined && (
        <DraftOffer draft={earlier} onTake={() => form.take({ ...unsaved, name: draft.name }, earlier.baseDigest)} />
      )}
      <h1>{isNew ? t('newOf', { kind: kind.title[language] }) : <bdi>{draft.name}</bdi>}</h1>
      {isNew && <NameField name={draft.name} problem={problem} onChange={(name) => change({ name })} />}
      <SchemaForm
        schema={kind.fields}
        value={draft.document.settings}
        onChange={(settings) => change({ document: { ...draft.document, settings } })}
      />
      <SecretFields kind={kind} kept={kept} typed={draft.secrets} onChange={(secrets) => change({ secrets })} />
      <div className={styles['actions']}>
        <Button type="primary" loading={acts.isSaving} disabled={problem !== undefined} onClick={save}>
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

interface NameFieldProps {
  readonly name: string
  /** The key of what is wrong with it. */
  readonly problem: ReturnType<typeof nameProblem>
  readonly onChange: (name: string) => void
}

function NameField({ name, problem, onChange }: NameFieldProps) {
  const { t } = useTranslation('connections')
  return (
    <Field
      label={t('field.name')}
      help={t('field.nameHelp')}
      {...(problem === undefined ? {} : { problem: t(problem) })}
    >
      {(id) => <TextInput id={id} value={name} spellCheck={false} onText={onChange} />}
    </Field>
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
