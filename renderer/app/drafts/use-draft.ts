import { useEffect, useRef } from 'react'
import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import type { EngineClient } from '../../../engine/contract/api.ts'
import type { LayoutFile } from '../../../engine/contract/layout-file.ts'
import { useEngine } from '../rpc/engine-context.ts'
import { type DraftKeeper, draftKeeper } from './draft-keeper.ts'

let leaving: Promise<unknown> = Promise.resolve()

/** Drafts, with those of editors that were closed a moment ago: a tab that moves to another group is closed and opened. */
export async function listedDrafts(engine: EngineClient, signal: AbortSignal): Promise<DraftEntry[]> {
  await leaving
  return engine.drafts.list(undefined, { signal })
}

/** Unsaved work of one file. */
export interface DraftContent {
  readonly text: string
  /** Of the file that the editing began with; absent for a new one. */
  readonly baseDigest?: string | undefined
  readonly layout?: LayoutFile | undefined
}

/**
 * Keeps what is unsaved of a file as a draft, at most five seconds old; what `content` gives is read when it is written. The
 * keeper that comes back has to be told of changes.
 */
export function useDraftKeeper(file: string, content: () => DraftContent | undefined): () => DraftKeeper | undefined {
  const engine = useEngine()
  const keeper = useRef<DraftKeeper>(undefined)
  const newest = useRef(content)
  useEffect(() => {
    newest.current = content
  })
  useEffect(() => {
    const opened = draftKeeper({
      content: () => newest.current(),
      write: (draft) => engine.drafts.save({ file, ...draft }),
      drop: () => engine.drafts.discard({ file }),
    })
    keeper.current = opened
    // What the engine before did not take any more, because it ended or its line did, is told to this one.
    opened.changed()
    const leave = (): void => void opened.flush()
    addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', leave)
    return () => {
      removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', leave)
      // A tab may be taken apart to be shown elsewhere: what was typed last is not lost with it.
      leaving = Promise.all([leaving, opened.flush()])
      opened.stop()
    }
  }, [engine, file])
  return () => keeper.current
}
