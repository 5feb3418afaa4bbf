/** Wakes who waits for something to happen in a stream. A ring that nobody waits for is not kept. */
export class Bell {
  #rung = Promise.withResolvers<void>()

  ring(): void {
    this.#rung.resolve()
    this.#rung = Promise.withResolvers<void>()
  }

  /** Until it rings, the time is over, or the signal is aborted. */
  async wait(mostMs: number, signal: AbortSignal | undefined): Promise<void> {
    const wake = (): void => this.ring()
    const timer = setTimeout(wake, mostMs)
    signal?.addEventListener('abort', wake, { once: true })
    await this.#rung.promise
    clearTimeout(timer)
    signal?.removeEventListener('abort', wake)
  }
}
