import { useEffect, useRef } from 'react'
import type { LayoutFile } from '../../../engine/contract/layout-file.ts'
import { useEngine } from '../rpc/engine-context.ts'
import { type DraftKeeper, draftKeeper } from './draft-keeper.ts'

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
    const leave = (): void => opened.flush()
    addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', leave)
    return () => {
      removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', leave)
      // A tab may be taken apart to be shown elsewhere: what was typed last is not lost with it.
      opened.flush()
      opened.stop()
    }
  }, [engine, file])
  return () => keeper.current
}
