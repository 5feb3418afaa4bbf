import { lazy, Suspense, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { useKeptSizes } from '../../ui/split/use-kept-sizes.ts'
import { BehindNotice } from './code/BehindNotice.tsx'
import { Inspector } from './inspector/Inspector.tsx'
import styles from './Pipelines.module.css'
import { PreviewPanel } from './preview/PreviewPanel.tsx'
import { ProblemList } from './problems/ProblemList.tsx'
import { RunFactsContext, useRunFacts } from './run-facts/use-run-facts.ts'
import { Toolbar } from './Toolbar.tsx'
import type { View } from './view.ts'

const Canvas = lazy(async () => ({ default: (await import('./canvas/Canvas.tsx')).Canvas }))
const NodeList = lazy(async () => ({ default: (await import('./canvas/NodeList.tsx')).NodeList }))
const CodeView = lazy(async () => ({ default: (await import('./code/CodeView.tsx')).CodeView }))
const PreflightPanel = lazy(async () => ({ default: (await import('./preflight/PreflightPanel.tsx')).PreflightPanel }))

/** Drawing, list or text in the middle, the chosen node's settings at the right, its rows below. */
export function PipelineWorkbench({ onReload }: { readonly onReload: () => void }) {
  const { t } = useTranslation('pipelines')
  const [view, setView] = useState<View>('canvas')
  const [hasPreflight, setPreflight] = useState(false)
  const id = useId()
  const [editing, preview, main, side] = [`${id}editing`, `${id}preview`, `${id}view`, `${id}inspector`]
  const rows = useKeptSizes('pipeline.rows', [editing, preview])
  const columns = useKeptSizes('pipeline.columns', [main, side])
  return (
    <RunFactsContext value={useRunFacts()}>
      <div className={styles['workbench']}>
        <Toolbar
          {...{ view, onReload, hasPreflight }}
          onView={setView}
          onPreflight={() => setPreflight(!hasPreflight)}
        />
        <BehindNotice onShowText={view === 'code' ? undefined : () => setView('code')} />
        <Group disableCursor orientation="vertical" className={styles['panes'] ?? ''} {...rows}>
          <Panel id={editing} defaultSize="60%" minSize="120px">
            <Group disableCursor orientation="horizontal" {...columns}>
              <Panel id={main} minSize="240px">
                <Suspense fallback={<Skeleton rows={6} />}>
                  {view === 'canvas' && <Canvas />}
                  {view === 'list' && <NodeList />}
                  {view === 'code' && <CodeView />}
                </Suspense>
              </Panel>
              <Separator className={styles['separator'] ?? ''} aria-label={t('resize.inspector')} />
              <Panel
                id={side}
                defaultSize="340px"
                minSize="220px"
                maxSize="60%"
                groupResizeBehavior="preserve-pixel-size"
              >
                <Inspector />
              </Panel>
            </Group>
          </Panel>
          <Separator className={styles['separator'] ?? ''} aria-label={t('resize.preview')} />
          <Panel id={preview} minSize="80px">
            <PreviewPanel />
          </Panel>
        </Group>
        {hasPreflight && (
          <Suspense fallback={null}>
            <PreflightPanel onClose={() => setPreflight(false)} />
          </Suspense>
        )}
        <ProblemList />
      </div>
    </RunFactsContext>
  )
}
