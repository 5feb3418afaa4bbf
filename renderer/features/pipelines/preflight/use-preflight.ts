import { useState } from 'react'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import type { Preflight } from '../../../../engine/contract/preflight.ts'
import { type Answer, useAnswer } from '../../../app/rpc/use-answer.ts'
import { useEditor } from '../document/use-editor.ts'
import { valuesOf } from '../run/run-wish.ts'

/** What a person may narrow a check to. */
export interface PreflightScope {
  readonly environment: string | undefined
  /** Of each source; all where undefined. */
  readonly limitRows: number | undefined
}

interface Asked extends PreflightScope {
  readonly document: PipelineFile
  readonly isOffline: boolean
  readonly parameters: Readonly<Record<string, string>>
  /** Each check is one of its own: what the systems hold may have changed. */
  readonly round: number
  readonly startedAt: number
}

export interface PreflightCheck {
  /** Undefined before the first, and after one was stopped. */
  readonly asked: Asked | undefined
  readonly answer: Answer<Preflight>
  readonly scope: PreflightScope
  readonly setScope: (scope: PreflightScope) => void
  readonly start: () => void
  /** Ends the work in the engine. */
  readonly stop: () => void
}

/** Looks at the values that the pipeline would load, as it stands in the editor, when that is asked for. */
export function usePreflight(): PreflightCheck {
  const { editor } = useEditor()
  const [round, setRound] = useState(0)
  const [asked, setAsked] = useState<Asked>()
  const [scope, setScope] = useState<PreflightScope>({ environment: undefined, limitRows: undefined })
  const answer = useAnswer(
    ['preflight', editor.store.getState().pipeline, asked],
    (engine, signal) => {
      const { pipeline, document } = editor.store.getState()
      const { isOffline = false, parameters = {}, environment, limitRows } = asked ?? {}
      const narrowed = {
        ...(environment === undefined ? {} : { environment }),
        ...(limitRows === undefined ? {} : { limitRows }),
      }
      const draft = { document: asked?.document ?? document }
      return engine.pipelines.preflight({ pipeline, draft, parameters, offline: isOffline, ...narrowed }, { signal })
    },
    { isEnabled: asked !== undefined },
  )
  return {
    asked,
    answer,
    scope,
    setScope,
    start: () => {
      const { document, isOffline, typedParameters } = editor.store.getState()
      const parameters = valuesOf(document.parameters ?? {}, typedParameters)
      setAsked({ ...scope, document, isOffline, parameters, round: round + 1, startedAt: Date.now() })
      setRound(round + 1)
    },
    stop: () => setAsked(undefined),
  }
}
