import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

type LazyView<Props> = LazyExoticComponent<ComponentType<Props>>

/** Components that are loaded when they are first shown, once for each owner however often they are shown. */
export function lazyViews<Props>(): (owner: object, load: () => Promise<ComponentType<Props>>) => LazyView<Props> {
  const views = new WeakMap<object, LazyView<Props>>()
  return (owner, load) => {
    const known = views.get(owner)
    if (known !== undefined) return known
    const view = lazy(async () => ({ default: await load() }))
    views.set(owner, view)
    return view
  }
}
