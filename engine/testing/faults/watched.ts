/** A call that is about to happen, or has just succeeded: `before applier.commit`, `after writer.stage`. */
export type Moment = string

/** What a watched object is called, and which of its members give more to watch. */
export interface Watch {
  readonly as: string
  readonly inner?: Readonly<Record<string, Watch>>
}

/**
 * The same members, with `seen` called before and after each of the methods. For tests that stop a process at a chosen moment. No
 * Proxy: V8 does not find the dispose method of one.
 */
export function watched<T extends object>(object: T, watch: Watch, seen: (moment: Moment) => void): T {
  const copy = Object.create(null) as T
  for (const key of keysOf(object))
    Object.defineProperty(copy, key, { get: () => member(object, key, { watch, seen }) })
  return copy
}

interface Watching {
  readonly watch: Watch
  readonly seen: (moment: Moment) => void
}

function member(object: object, key: string | symbol, { watch: { as, inner = {} }, seen }: Watching): unknown {
  const value: unknown = Reflect.get(object, key, object)
  const within = (given: unknown): unknown => {
    const next = typeof key === 'string' ? inner[key] : undefined
    return next === undefined || typeof given !== 'object' || given === null ? given : watched(given, next, seen)
  }
  if (typeof value !== 'function') return within(value)
  const name = `${as}.${String(key)}`
  return (...parameters: unknown[]): unknown => {
    seen(`before ${name}`)
    const passOn = (given: unknown): unknown => {
      seen(`after ${name}`)
      return within(given)
    }
    const result: unknown = Reflect.apply(value, object, parameters)
    return result instanceof Promise ? result.then(passOn) : passOn(result)
  }
}

function keysOf(object: object): Set<string | symbol> {
  const keys = new Set<string | symbol>()
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Reflect.getPrototypeOf(at)) {
    for (const key of Reflect.ownKeys(at)) keys.add(key)
  }
  return keys
}
