/** A change is on the disk after this time and the time that writing takes, however long edits go on. */
const KEEP_MS = 2_000

export interface DraftKeeper {
  /** Something may have been edited. */
  readonly changed: () => void
  /** Everything is saved or thrown away: no draft is left, be it of an earlier time. */
  readonly settled: () => void
  /** Writes now what would be written in a moment: before the page goes away. Ends when it is on the disk, or could not be. */
  readonly flush: () => Promise<void>
  /** Writes nothing more. */
  readonly stop: () => void
}

export interface DraftKeeping<Content> {
  /** What is unsaved now; undefined when nothing is. */
  readonly content: () => Content | undefined
  readonly write: (content: Content) => Promise<unknown>
  /** Nothing is unsaved any more: takes the draft away that was written before. */
  readonly drop: () => Promise<unknown>
}

/**
 * Keeps unsaved work as a draft while it is edited. Writes follow each other and never overtake; one that fails is tried again.
 * Does not touch a draft of an earlier time before there is something to write.
 */
export function draftKeeper<Content>({ content, write, drop }: DraftKeeping<Content>): DraftKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: string | undefined
  let writing: Promise<void> = Promise.resolve()
  let isStopped = false
  const keep = async (): Promise<void> => {
    const found = content()
    const next = found === undefined ? undefined : JSON.stringify(found)
    if (next === last) return
    if (found === undefined) await drop()
    else await write(found)
    last = next
  }
  const forget = async (): Promise<void> => {
    await drop()
    last = undefined
  }
  const start = (): void => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(keep).catch(() => arm())
  }
  const arm = (): void => {
    if (!isStopped) timer ??= setTimeout(start, KEEP_MS)
  }
  return {
    changed: arm,
    settled: () => {
      clearTimeout(timer)
      timer = undefined
      writing = writing.then(forget).catch(() => undefined)
    },
    flush: () => {
      if (timer !== undefined) start()
      return writing
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      timer = undefined
    },
  }
}
