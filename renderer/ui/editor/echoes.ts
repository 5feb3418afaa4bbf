/** Values that were told to the owner of a text, and have not come back yet. */
export interface Echoes {
  /** Told to the owner. */
  readonly tell: (value: string) => void
  /** Whether a value that the owner hands down is one of ours that comes back, be it late; any other is the owner's own. */
  readonly isEcho: (value: string) => boolean
}

/** An owner that never hands values back must not fill the memory. */
const MOST = 200

/**
 * Tells what a person typed from what the owner of a text sets. While somebody types fast, the owner hands down values that are
 * older than what stands in the editor; setting those would undo letters.
 */
export function echoes(): Echoes {
  let told: string[] = []
  return {
    tell: (value) => {
      told = [...told.slice(1 - MOST), value]
    },
    isEcho: (value) => {
      const at = told.lastIndexOf(value)
      // The last one told stays: it may be handed down again and again.
      told = at === -1 ? [] : told.slice(Math.min(at, told.length - 1))
      return at !== -1
    },
  }
}
