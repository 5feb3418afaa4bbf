import { useState } from 'react'
import type { MappingSuggestion } from '../../../../engine/contract/api/authoring.ts'
import type { Column } from '../../../../engine/contract/column.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import type { MapField } from './fields.ts'
import { openSuggestions, refusalKey } from './suggested.ts'
import { targetBehind } from './target-behind.ts'
import type { Mapping } from './use-mapping.ts'

export interface Suggestions {
  readonly open: readonly MappingSuggestion[]
  readonly isAsking: boolean
  readonly refuse: (suggestion: MappingSuggestion) => void
}

/** What each field and each column of the target may take. Asked when names change, not at every letter of an expression. */
export function useSuggestions(node: string, mapping: Mapping): Suggestions {
  const { editor } = useEditor()
  const { pipeline } = editor.store.getState()
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set())
  const columns = mapping.columns.map(({ name }) => name)
  const target = useEditorState((state) => targetBehind(state.document, node))
  const key = ['suggest', pipeline, node, target, columns, mapping.fields.map(nameAndSource)]
  const answer = useAnswer(
    key,
    (engine, signal) => {
      const { document } = editor.store.getState()
      return engine.pipelines.suggest({ pipeline, node, draft: { document } }, { signal })
    },
    { isEnabled: columns.length > 0, keepsLast: true },
  )
  const found = answer.state === 'ready' ? answer.data : []
  return {
    open: openSuggestions(found, mapping.fields, columns, refused),
    isAsking: answer.state === 'loading' && columns.length > 0,
    refuse: (one) => setRefused(new Set([...refused, refusalKey(one)])),
  }
}

function nameAndSource({ to, from }: MapField): string {
  return JSON.stringify([to, from ?? null])
}

/** The columns of the target that the node feeds; none while it feeds none, or where it is not there yet. */
export function useTargetColumns(node: string): readonly Column[] {
  const dataset = useEditorState((state) => targetBehind(state.document, node))
  const described = useAnswer(
    ['connections', 'describe', dataset],
    (engine, signal) => engine.connections.describe({ dataset: dataset ?? '' }, { signal }),
    { isEnabled: dataset !== undefined },
  )
  return described.state === 'ready' && dataset !== undefined ? described.data.columns : NO_COLUMNS
}

const NO_COLUMNS: readonly Column[] = []
