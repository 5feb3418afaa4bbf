/** A call that is about to happen, or has just succeeded, on a watched object: `before apply`, `after commit`. */
export type Moment = string

type Method = (...parameters: unknown[]) => unknown

/**
 * The same object, with `seen` called before and after each of its methods; what a method gives is watched too when `inner` names it.
 * For tests that stop a process at a chosen moment.
 */
export function watched<T extends object>(
  object: T,
  seen: (moment: Moment) => void,
  inner: Readonly<Record<string, string>> = {},
): T {
  return new Proxy(object, {
    get: (of, key) => {
      const value: unknown = Reflect.get(of, key, of)
      const name = typeof key === 'string' ? key : ''
      if (typeof value === 'object' && value !== null && inner[name] !== undefined) return watched(value, seen, inner)
      if (typeof value !== 'function') return value
      const method = value as Method
      return (...parameters: unknown[]): unknown => {
        if (name !== '') seen(`before ${name}`)
        const result = method.apply(of, parameters)
        if (!(result instanceof Promise)) return result
        return result.then((given: unknown) => {
          if (name !== '') seen(`after ${name}`)
          return typeof given === 'object' && given !== null && inner[name] !== undefined
            ? watched(given, seen, inner)
            : given
        })
      }
    },
  })
}
