/** A topic whose listeners are the page's; what is told before the first one listens waits for it when `keeps` is 'all' or 'last'. */
export function topic<Event>(keeps: 'all' | 'last' | 'none'): {
  tell(event: Event): void
  listen(listener: (event: Event) => void): () => void
} {
  const listeners = new Set<(event: Event) => void>()
  let kept: Event[] = []
  return {
    tell: (event) => {
      if (keeps === 'last') kept = [event]
      else if (keeps === 'all' && listeners.size === 0) kept.push(event)
      for (const listener of listeners) listener(event)
    },
    listen: (listener) => {
      listeners.add(listener)
      for (const event of kept) listener(event)
      if (keeps === 'all') kept = []
      return () => void listeners.delete(listener)
    },
  }
}
