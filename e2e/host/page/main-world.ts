/**
 * Runs in the page's own world before any script of the page, and makes there what the preload script exposes.
 *
 * The worlds share the document and its events, nothing else; what crosses is a structured clone. `mark` is a random name that
 * only the two worlds' scripts know. Must be self-contained: its source is sent to the page.
 */
export function setUpMainWorld(mark: string): void {
  if (window.top !== window) return
  type Described =
    | { readonly kind: 'value'; readonly value: unknown }
    | { readonly kind: 'function'; readonly id: number }
    | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Described])[] }
  type Answer =
    | { readonly kind: 'value'; readonly value: Described }
    | { readonly kind: 'error'; readonly value: unknown }
    | { readonly kind: 'promise'; readonly promise: number }

  const callbacks: unknown[] = []
  const promises = new Map<number, PromiseWithResolvers<unknown>>()
  let answered: Answer | undefined
  const tell = (what: string, detail: unknown): void =>
    void window.dispatchEvent(new CustomEvent(`${mark}-${what}`, { detail }))
  const hear = (what: string, listener: (detail: never) => void): void =>
    window.addEventListener(`${mark}-${what}`, (event) => {
      event.stopImmediatePropagation()
      if (event instanceof CustomEvent) listener(event.detail as never)
    })
  const pass = (value: unknown): unknown =>
    typeof value === 'function' ? { [`${mark}-function`]: callbacks.push(value) - 1 } : value
  const call = (id: number, given: readonly unknown[]): unknown => {
    answered = undefined
    tell('call', { id, given: given.map(pass) })
    const answer = answered as Answer | undefined
    if (answer === undefined) throw new Error('the preload script is gone')
    if (answer.kind === 'error') throw new Error(String(answer.value))
    if (answer.kind === 'value') return build(answer.value)
    const waiting = Promise.withResolvers<unknown>()
    promises.set(answer.promise, waiting)
    return waiting.promise
  }
  const build = (described: Described): unknown => {
    if (described.kind === 'value') return described.value
    if (described.kind === 'function') return Object.freeze((...given: unknown[]) => call(described.id, given))
    return Object.freeze(Object.fromEntries(described.entries.map(([name, part]) => [name, build(part)])))
  }
  hear('expose', ({ name, described }: { name: string; described: Described }) =>
    Object.defineProperty(window, name, { value: build(described), enumerable: true }),
  )
  hear('answer', (answer: Answer) => {
    answered = answer
  })
  hear('settled', ({ promise, isError, value }: { promise: number; isError: boolean; value: unknown }) => {
    const waiting = promises.get(promise)
    promises.delete(promise)
    if (isError) waiting?.reject(new Error(String(value)))
    else waiting?.resolve(value)
  })
  hear('callback', ({ id, given }: { id: number; given: unknown[] }) => {
    const callback = callbacks[id]
    if (typeof callback === 'function') callback(...given)
  })
}
