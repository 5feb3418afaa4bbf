import { type ReactNode, useLayoutEffect, useRef } from 'react'

/** The kit's list of choices, named as the box it belongs to: a listbox needs a name (WCAG 2.2, 4.1.2), and the kit has no property for it. */
export function NamedChoices({ children }: { readonly children: ReactNode }) {
  const here = useRef<HTMLDivElement>(null)
  // Every time: another list takes its place when there is nothing to choose.
  useLayoutEffect(() => {
    const list = here.current?.querySelector('[role=listbox]')
    const box = document.getElementById(list?.id.replace(/_list$/, '') ?? '')
    const name = box instanceof HTMLInputElement ? nameOf(box) : ''
    if (name !== '') list?.setAttribute('aria-label', name)
    // While none is chosen the kit names a choice that there is not.
    if (box?.getAttribute('aria-activedescendant')?.endsWith('_-1') === true)
      box.removeAttribute('aria-activedescendant')
  })
  return <div ref={here}>{children}</div>
}

function nameOf(box: HTMLInputElement): string {
  const label = box.getAttribute('aria-label') ?? box.labels?.[0]?.textContent
  return (label ?? box.placeholder).trim()
}
