/** Asks a process at intervals whether it still turns. */
export interface Heartbeat {
  /** It answered the question with this number. */
  heard(id: number): void
  stop(): void
}

export interface HeartbeatOptions {
  readonly everyMs: number
  /** Questions in a row that may stay unanswered. */
  readonly missedLimit: number
  readonly ask: (id: number) => void
  /** Called once. */
  readonly onSilence: () => void
}

export function startHeartbeat({ everyMs, missedLimit, ask, onSilence }: HeartbeatOptions): Heartbeat {
  let asked = 0
  let answered = 0
  const timer = setInterval(() => {
    if (asked - answered >= missedLimit) {
      clearInterval(timer)
      return onSilence()
    }
    asked += 1
    ask(asked)
  }, everyMs)
  return {
    heard: (id) => {
      answered = Math.max(answered, id)
    },
    stop: () => clearInterval(timer),
  }
}
