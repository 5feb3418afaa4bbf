import type { DraftEntry } from '../../../../engine/contract/api/drafts.ts'
import type { OpenedPipeline } from './editor-store.ts'

/** The draft of a pipeline, unless it says what is saved. */
export function draftOf(
  drafts: readonly DraftEntry[],
  { pipeline, text, layout }: Pick<OpenedPipeline, 'pipeline' | 'text' | 'layout'>,
): DraftEntry | undefined {
  const found = drafts.find(({ file }) => file === `pipelines/${pipeline}.yaml`)
  if (found === undefined) return undefined
  const isMoved = found.layout !== undefined && JSON.stringify(found.layout) !== JSON.stringify(layout)
  return found.text !== text || isMoved ? found : undefined
}
