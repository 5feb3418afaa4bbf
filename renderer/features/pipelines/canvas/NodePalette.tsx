import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import { useEditor } from '../document/use-editor.ts'
import styles from './Canvas.module.css'
import { KindIcon } from './KindIcon.tsx'
import { matchingKinds } from './matching-kinds.ts'
import { useNodeActs } from './use-node-acts.ts'

export const KIND_DRAGGED = 'application/x-runnel-node'

const GROUPS = ['source', 'rows', 'columns', 'combine', 'summary', 'nested', 'quality', 'target'] as const

/** Every kind of node by group, or by typing: click adds one after the selected node, dragging puts it where it is let go. */
export function NodePalette() {
  const { t } = useTranslation('pipelines')
  const { catalogue } = useEditor()
  const acts = useNodeActs()
  const language = usePreferences((state) => state.language)
  const [query, setQuery] = useState('')
  const kinds = matchingKinds([...catalogue.values()], query, language)
  return (
    <aside className={styles['palette']} aria-label={t('palette.title')}>
      <TextInput
        size="small"
        allowClear
        aria-label={t('palette.search')}
        placeholder={t('palette.search')}
        value={query}
        onText={setQuery}
        onPressEnter={() => kinds[0] !== undefined && acts.add(kinds[0].kind)}
      />
      <div className={styles['kinds']}>
        {GROUPS.map((group) => {
          const here = kinds.filter((entry) => entry.group === group)
          return here.length === 0 ? null : (
            <section key={group} aria-label={t(`group.${group}`)}>
              <h3>{t(`group.${group}`)}</h3>
              {here.map((entry) => (
                <KindButton
                  key={entry.kind}
                  entry={entry}
                  title={entry.title[language]}
                  help={entry.description[language]}
                />
              ))}
            </section>
          )
        })}
      </div>
    </aside>
  )
}

interface KindButtonProps {
  readonly entry: NodeCatalogueEntry
  readonly title: string
  readonly help: string
}

function KindButton({ entry: { kind }, title, help }: KindButtonProps) {
  const acts = useNodeActs()
  return (
    <button
      type="button"
      draggable
      className={styles['kind']}
      title={help}
      onDragStart={(event) => event.dataTransfer.setData(KIND_DRAGGED, kind)}
      onClick={() => acts.add(kind)}
    >
      <KindIcon kind={kind} /> {title}
    </button>
  )
}
