import { useMemo, useState } from 'react'
import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import { DraftOffer } from '../../app/drafts/DraftOffer.tsx'
import { listedDrafts } from '../../app/drafts/use-draft.ts'
import type { TabView } from '../../app/feature.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useOpening } from '../../app/rpc/use-opening.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { draftOf } from './document/draft-of.ts'
import { type OpenedPipeline, openEditor } from './document/editor-store.ts'
import type { Catalogue } from './document/inputs.ts'
import { EditorContext } from './document/use-editor.ts'
import { useSync } from './document/use-sync.ts'
import { PipelineWorkbench } from './PipelineWorkbench.tsx'

/** One pipeline, edited as a drawing and as text. */
export function PipelineTab({ tabId, params: { pipeline } }: TabView<{ pipeline: string }>) {
  const { opening, reopen } = useOpening()
  const opened = useAnswer(['opening', opening, pipeline], async (engine, signal) => {
    const [stored, layout, kinds, drafts] = await Promise.all([
      engine.pipelines.get({ pipeline }, { signal }),
      engine.pipelines.layout({ pipeline }, { signal }),
      engine.pipelines.kinds(undefined, { signal }),
      listedDrafts(engine, signal),
    ])
    const catalogue: Catalogue = new Map(kinds.map((entry) => [entry.kind, entry]))
    const found = { pipeline, ...stored, layout }
    return { opened: found, catalogue, draft: draftOf(drafts, found) }
  })
  switch (opened.state) {
    case 'loading':
      return <Skeleton rows={10} />
    case 'failed':
      return <FailureNotice failure={opened.failure} onRetry={opened.retry} />
    case 'ready':
      return (
        <EditorTab
          key={opening}
          tabId={tabId}
          opened={opened.data.opened}
          catalogue={opened.data.catalogue}
          draft={opened.data.draft}
          onReload={reopen}
        />
      )
    default:
      return opened satisfies never
  }
}

interface EditorTabProps {
  readonly tabId: string
  readonly opened: OpenedPipeline
  readonly catalogue: Catalogue
  /** Unsaved work of an earlier time. */
  readonly draft: DraftEntry | undefined
  readonly onReload: () => void
}

function EditorTab({ tabId, opened, catalogue, draft, onReload }: EditorTabProps) {
  // What was opened is where the editing begins; what the engine says later is compared when it is saved.
  const [editor] = useState(() => openEditor(opened))
  const scope = useMemo(() => ({ editor, catalogue }), [editor, catalogue])
  useSync(tabId, editor)
  const take = ({ text, layout }: DraftEntry): void => {
    editor.typed(text)
    if (layout !== undefined) editor.arrange(() => layout)
  }
  return (
    <EditorContext value={scope}>
      {draft !== undefined && <DraftOffer draft={draft} onTake={() => take(draft)} />}
      <PipelineWorkbench onReload={onReload} />
    </EditorContext>
  )
}
