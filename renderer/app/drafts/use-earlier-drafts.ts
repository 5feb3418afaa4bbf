import type { DraftEntry } from '../../../engine/contract/api/drafts.ts'
import { useAnswer } from '../rpc/use-answer.ts'
import { useOpening } from '../rpc/use-opening.ts'
import { listedDrafts } from './use-draft.ts'

/** Drafts that an earlier time left, as they are when this is opened; none until they are known, or when they cannot be. */
export function useEarlierDrafts(): readonly DraftEntry[] {
  const { opening } = useOpening()
  const found = useAnswer(['opening', opening, 'drafts'], listedDrafts)
  return found.state === 'ready' ? found.data : NONE
}

const NONE: readonly DraftEntry[] = []
