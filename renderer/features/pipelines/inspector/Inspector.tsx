import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { type JsonObject, SchemaForm } from '../../../ui/forms/SchemaForm.tsx'
import { KindIcon } from '../canvas/KindIcon.tsx'
import { useNodeActs } from '../canvas/use-node-acts.ts'
import { withNode } from '../document/edits.ts'
import { useEditor, useEditorState, useNode } from '../document/use-editor.ts'
import { CodesOfList } from './CodesOfList.tsx'
import { drawField } from './draw-field.tsx'
import styles from './Inspector.module.css'
import { NameField } from './NameField.tsx'
import { settingsSchema } from './settings-schema.ts'

/** The settings of the selected node; what is wrong stands at its field. */
export function Inspector() {
  const { t } = useTranslation('pipelines')
  const selection = useEditorState((state) => state.selection)
  const [only] = selection
  if (only === undefined) return <EmptyState title={t('inspector.empty')} hint={t('inspector.emptyHint')} />
  if (selection.length > 1) return <SelectedNodes names={selection} />
  return <NodeInspector key={only} name={only} />
}

function SelectedNodes({ names }: { readonly names: readonly string[] }) {
  const { t } = useTranslation('pipelines')
  const acts = useNodeActs()
  return (
    <div className={styles['inspector']}>
      <p>{t('inspector.several', { count: names.length })}</p>
      <Button danger size="small" onClick={() => acts.remove({ nodes: names })}>
        {t('inspector.deleteAll')}
      </Button>
    </div>
  )
}

function NodeInspector({ name }: { readonly name: string }) {
  const { t } = useTranslation('pipelines')
  const { editor, catalogue } = useEditor()
  const acts = useNodeActs()
  const language = usePreferences((state) => state.language)
  const config = useNode(name)
  const entry = catalogue.get(config?.type ?? '')
  if (config === undefined) return null
  const { type, ...settings } = config
  const set = (next: JsonObject): void =>
    editor.change((document) => withNode(document, name, { type, ...next }), `settings ${name}`)
  return (
    <section className={styles['inspector']} aria-label={t('inspector.title', { name })}>
      <header>
        <KindIcon kind={type} /> <strong>{entry?.title[language] ?? type}</strong>
      </header>
      {entry !== undefined && <p className={styles['help']}>{entry.description[language]}</p>}
      <NameField name={name} />
      <Problems name={name} />
      {type === 'convert_code' && <CodesOfList name={name} />}
      {entry === undefined ? (
        <p>{t('inspector.unknownKind', { kind: type })}</p>
      ) : (
        <SchemaForm
          schema={settingsSchema(entry.schema)}
          // The document came from JSON or YAML: its values are JSON's.
          value={settings as JsonObject}
          onChange={set}
          draw={(field) => drawField(entry, { node: name, ...field })}
        />
      )}
      <Button danger size="small" className={styles['delete'] ?? ''} onClick={() => acts.remove({ nodes: [name] })}>
        {t('inspector.delete')}
      </Button>
    </section>
  )
}

function Problems({ name }: { readonly name: string }) {
  const known = useEditorState((state) => state.state?.nodes.find(({ node }) => node === name))
  return known?.problems.map(({ severity, message, nextStep, field }) => (
    <Alert
      key={`${field} ${message}`}
      type={severity}
      showIcon
      title={message}
      {...(nextStep === undefined ? {} : { description: nextStep })}
    />
  ))
}
