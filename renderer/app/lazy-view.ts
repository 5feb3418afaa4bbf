import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

const views = new WeakMap<object, LazyExoticComponent<ComponentType<never>>>()

/** The component that `owner` loads, loaded once however often it is shown. */
export function lazyView<Props>(
  owner: object,
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  const known = views.get(owner)
  // Kept under its owner: what comes out is what this owner put in.
  if (known !== undefined) return known as LazyExoticComponent<ComponentType<Props>>
  const view = lazy(async () => ({ default: await load() }))
  views.set(owner, view as LazyExoticComponent<ComponentType<never>>)
  return view
}
