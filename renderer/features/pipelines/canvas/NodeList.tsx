import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { Select } from '../../../ui/select/Select.tsx'
import { StateTag } from '../../../ui/state/StateTag.tsx'
import { refusal } from '../document/connections.ts'
import { inputsOf } from '../document/inputs.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import { NodeFactsLine } from '../run-facts/NodeFactsLine.tsx'
import { useNodeFacts } from '../run-facts/use-run-facts.ts'
import styles from './NodeList.module.css'
import { useNodeActs } from './use-node-acts.ts'

/** The pipeline in words: every node with what it reads from. The equal of the canvas for the keyboard and for screen readers. */
export function NodeList() {
  const { t } = useTranslation('pipelines')
  const { catalogue } = useEditor()
  const acts = useNodeActs()
  const language = usePreferences((state) => state.language)
  const names = useEditorState((state) => state.document.nodes)
  return (
    <div className={styles['frame']}>
      <Select
        size="small"
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('list.addNode')}
        placeholder={t('list.addNode')}
        value={null}
        options={[...catalogue.values()].map(({ kind, title }) => ({ value: kind, label: title[language] }))}
        onChange={(kind: string | null) => kind !== null && acts.add(kind)}
      />
      <ol className={styles['list']} aria-label={t('canvas.title')}>
        {Object.keys(names).map((name) => (
          <NodeLine key={name} name={name} />
        ))}
      </ol>
      {Object.keys(names).length === 0 && <EmptyState title={t('canvas.empty')} hint={t('canvas.emptyHint')} />}
    </div>
  )
}

function NodeLine({ name }: { readonly name: string }) {
  const { t } = useTranslation(['pipelines', 'canvas'])
  const { editor, catalogue } = useEditor()
  const acts = useNodeActs()
  const language = usePreferences((state) => state.language)
  const document = useEditorState((state) => state.document)
  const known = useEditorState((state) => state.state?.nodes.find((one) => one.node === name))
  const isSelected = useEditorState((state) => state.selection.includes(name))
  const facts = useNodeFacts(name)
  const config = document.nodes[name]
  if (config === undefined) return null
  const inputs = inputsOf(config, catalogue).map(({ output }) => output)
  const entry = catalogue.get(config.type)
  const outputs = Object.keys(document.nodes).filter(
    (from) => refusal(document, { from, to: name }, catalogue) === undefined,
  )
  return (
    <li data-selected={isSelected}>
      <button type="button" className={styles['open']} aria-pressed={isSelected} onClick={() => editor.select([name])}>
        <bdi>{name}</bdi>
        <small>{entry?.title[language] ?? config.type}</small>
        <small>{inputs.length === 0 ? '' : t('list.reads', { inputs: inputs.join(', ') })}</small>
      </button>
      {facts !== undefined && <NodeFactsLine facts={facts} group={entry?.group} />}
      {facts?.isStale === true && <small>{t('canvas:state.stale')}</small>}
      <StateTag state={known?.state ?? 'unknown'} />
      {outputs.length > 0 && (
        <Select
          size="small"
          aria-label={t('list.connect', { name })}
          placeholder={t('list.connectShort')}
          value={null}
          popupMatchSelectWidth={false}
          options={outputs.map((output) => ({ value: output, label: output }))}
          onChange={(from: string | null) => from !== null && acts.connect(from, name)}
        />
      )}
      <Button
        size="small"
        type="text"
        aria-label={t('list.deleteNode', { name })}
        onClick={() => acts.remove({ nodes: [name] })}
      >
        {t('list.delete')}
      </Button>
    </li>
  )
}
