import { createContext, use, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { NodeCounts, RunEvent } from '../../../../engine/contract/run.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useEvents } from '../../../app/rpc/use-events.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import { keptFacts, type NodeFacts, nodeFacts } from './facts.ts'

type Facts = StoreApi<{ readonly nodes: ReadonlyMap<string, NodeFacts> }>

/** So many runs are looked back on. */
const RUNS = 12
const REFRESH_MS = 5_000
const GOING = new Set(['queued', 'running'])

export const RunFactsContext = createContext<Facts | undefined>(undefined)

/** What runs say of a node; undefined before the first run. Only inside a pipeline. */
export function useNodeFacts(name: string): NodeFacts | undefined {
  const store = use(RunFactsContext)
  if (store === undefined) throw new Error('useNodeFacts outside of a pipeline')
  return useStore(store, (state) => state.nodes.get(name))
}

/** Keeps what is known of every node by the last runs of the pipeline, live while one goes on. */
export function useRunFacts(): Facts {
  const [store] = useState<Facts>(() => createStore(() => ({ nodes: new Map() })))
  const { catalogue } = useEditor()
  const document = useEditorState((state) => state.document)
  const { receipts, live } = useRuns()
  const changed = useSourceFiles(receipts.length > 0)
  useEffect(() => {
    const next = nodeFacts({ document, catalogue, receipts, live, changed })
    store.setState(({ nodes }) => ({ nodes: keptFacts(nodes, next) }))
  }, [store, document, catalogue, receipts, live, changed])
  return store
}

function useRuns() {
  const pipeline = useEditorState((state) => state.pipeline)
  const listed = useAnswer(
    ['runs', 'of', pipeline],
    (engine, signal) => engine.runs.list({ pipeline, limit: RUNS }, { signal }),
    { refetchMs: REFRESH_MS },
  )
  const runs = listed.state === 'ready' ? listed.data : []
  const going = runs.find(({ state }) => GOING.has(state))
  const done = runs.flatMap(({ runId, state }) => (state === 'succeeded' ? [runId] : []))
  const found = useAnswer(
    ['receipts', pipeline, done],
    (engine, signal) => Promise.all(done.map((runId) => engine.runs.receipt({ runId }, { signal }))),
    { isEnabled: done.length > 0, keepsLast: true },
  )
  const { value } = useEvents<RunEvent, readonly NodeCounts[]>({
    key: going?.runId,
    open: (engine, signal) => engine.runs.events({ runId: going?.runId ?? '' }, { signal }),
    initial: NO_COUNTS,
    reduce: (counts, event) => event.nodes ?? counts,
  })
  return {
    receipts: found.state === 'ready' && done.length > 0 ? found.data : NO_RECEIPTS,
    live: going === undefined ? undefined : value,
  }
}

/** When the files of the sources were changed last, looked at again and again while the pipeline is seen. */
function useSourceFiles(isWanted: boolean): ReadonlyMap<string, string> {
  const pipeline = useEditorState((state) => state.pipeline)
  const found = useAnswer(
    ['pipelines', 'sourceFiles', pipeline],
    (engine, signal) => engine.pipelines.sourceFiles({ pipeline }, { signal }),
    { isEnabled: isWanted, keepsLast: true, refetchMs: REFRESH_MS },
  )
  const files = found.state === 'ready' ? found.data : undefined
  return useMemo(() => new Map(files?.map(({ node, changedAt }) => [node, changedAt])), [files])
}

const NO_COUNTS: readonly NodeCounts[] = []
const NO_RECEIPTS: readonly never[] = []
