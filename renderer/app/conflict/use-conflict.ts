import { useState } from 'react'
import type { Conflict, ConflictChoice } from './ConflictDialog.tsx'

/** A conflict as it was met: `version` is of their file as it is shown, and what is overwritten when mine is chosen. */
export interface MetConflict<Version> {
  readonly conflict: Conflict
  readonly version: Version
}

interface ConflictSteps<Version> {
  /** Writes mine over that version of theirs, and no other. */
  readonly overwrite: (version: Version) => Promise<unknown>
  /** Shows theirs; mine is kept as a draft. */
  readonly takeTheirs: () => Promise<unknown>
}

/** Asks a person which of two texts of a file stays. What they chose is done once; to decide later does nothing at all. */
export function useConflict<Version>({ overwrite, takeTheirs }: ConflictSteps<Version>) {
  const [met, setMet] = useState<MetConflict<Version>>()
  return {
    conflict: met?.conflict,
    meet: setMet,
    settle: async (choice: ConflictChoice): Promise<void> => {
      setMet(undefined)
      if (met === undefined || choice === 'later') return
      await (choice === 'mine' ? overwrite(met.version) : takeTheirs())
    },
  }
}
