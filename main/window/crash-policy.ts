const WINDOW_MS = 60_000
const RELOADS = 3

/** Whether a page that crashed at `nowMs` is loaded again: at most three times in a minute, else it would crash for ever. */
export function mayReload(crashes: readonly number[], nowMs: number): boolean {
  return crashes.filter((at) => nowMs - at < WINDOW_MS).length < RELOADS
}
