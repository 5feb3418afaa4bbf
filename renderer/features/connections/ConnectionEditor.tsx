import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ConnectionKind, EnvironmentValues } from '../../../engine/contract/api/connections.ts'
import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import { ConflictDialog } from '../../app/conflict/ConflictDialog.tsx'
import { DraftOffer } from '../../app/drafts/DraftOffer.tsx'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useTabKeys } from '../../app/workbench/use-tab-keys.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { useConfirm } from '../../ui/confirm/use-confirm.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { SchemaForm } from '../../ui/forms/SchemaForm.tsx'
import { TextInput } from '../../ui/text/TextInput.tsx'
import styles from './Connections.module.css'
import { type ConnectionDraft, missingSecrets, nameProblem, secretsFor } from './connection-draft.ts'
import { DiagnosisSection } from './DiagnosisSection.tsx'
import { draftFrom } from './draft-text.ts'
import { EnvironmentBar } from './EnvironmentBar.tsx'
import { EnvironmentForm } from './EnvironmentForm.tsx'
import { EnvironmentTable } from './EnvironmentTable.tsx'
import { formIn } from './environment-draft.ts'
import { Field } from './Field.tsx'
import { environmentIn, inEnvironment } from './place.ts'
import { SecretFields } from './SecretFields.tsx'
import { useConnectionActs } from './use-connection-acts.ts'
import { useEnvironmentDrafts } from './use-environment-drafts.ts'
import { type FormDraft, useFormDraft } from './use-form-draft.ts'

export interface ConnectionEditorProps {
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
  /** What the environments of the workspace say of it; of a new connection nothing. */
  readonly stored: readonly EnvironmentValues[]
  /** Begins again with what the disk holds. */
  readonly onReload: () => void
}

/** Form, self-test and acts of one connection. It can be tested before it is saved. */
export function ConnectionEditor(props: ConnectionEditorProps) {
  const { tabId, kind, initial, taken, digest, file, earlier, isEdited = false, onReload } = props
  const { t } = useTranslation('connections')
  const language = usePreferences((state) => state.language)
  const form = useFormDraft({ tabId, file, digest, isEdited, kept: props.kept }, initial)
  const { draft, kept, change } = form
  const acts = useConnectionActs({ tabId, file, onReload }, form)
  const values = useEnvironmentDrafts(form, props.stored)
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
      {acts.conflict !== undefined && (
        <ConflictDialog conflict={acts.conflict} onChoose={(choice) => void acts.settle(choice)} />
      )}
      <h1>{isNew ? t('newOf', { kind: kind.title[language] }) : <bdi>{draft.name}</bdi>}</h1>
      {isNew && <NameField name={draft.name} problem={problem} onChange={(name) => change({ name })} />}
      <EnvironmentBar
        names={Object.keys(values.drafts)}
        usual={values.usual}
        place={values.place}
        onChange={values.show}
        onAdd={values.add}
      />
      <ValuesForm kind={kind} form={form} values={values} />
      <div className={styles['actions']}>
        <BusyButton type="primary" isBusy={acts.isSaving} disabled={problem !== undefined} onClick={save}>
          {t('save')}
        </BusyButton>
        {!isNew && <RemoveButton name={draft.name} onRemove={() => void acts.remove()} />}
      </div>
      {missing.length > 0 && values.place === 'everywhere' && <p className={styles['next']}>{t('secretsMissing')}</p>}
      {acts.failure !== undefined && <FailureNotice failure={acts.failure} />}
      <DiagnosisSection
        name={draft.name}
        form={values.edited === undefined ? draft : formIn(draft, values.edited, kind)}
        environment={environmentIn(values.place)}
      />
    </>
  )
}

interface ValuesFormProps {
  readonly kind: ConnectionKind
  readonly form: FormDraft
  readonly values: ReturnType<typeof useEnvironmentDrafts>
}

/** The values that hold everywhere, those of one environment, or all side by side. */
function ValuesForm({ kind, form: { draft, kept, change }, values }: ValuesFormProps) {
  if (values.edited !== undefined)
    return (
      <EnvironmentForm
        key={values.place}
        kind={kind}
        common={draft}
        kept={kept}
        draft={values.edited}
        onChange={values.change}
      />
    )
  if (values.place === 'sideBySide')
    return (
      <EnvironmentTable
        kind={kind}
        common={draft}
        kept={kept}
        drafts={values.drafts}
        onOpen={(name) => values.show(inEnvironment(name))}
      />
    )
  return (
    <>
      <SchemaForm
        schema={kind.fields}
        value={draft.document.settings}
        onChange={(settings) => change({ document: { ...draft.document, settings } })}
      />
      <SecretFields
        secrets={secretsFor(kind, draft.document.settings)}
        kept={kept}
        typed={draft.secrets}
        onChange={(secrets) => change({ secrets })}
      />
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
  const ask = useConfirm({
    title: t('remove.title', { name }),
    content: t('remove.detail'),
    okText: t('remove.go'),
    cancelText: t('remove.keep'),
    onOk: onRemove,
  })
  return (
    <Button danger onClick={ask}>
      {t('remove.go')}
    </Button>
  )
}
