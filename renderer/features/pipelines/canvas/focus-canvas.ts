/** Of the tab in front. */
export function shownCanvas(): HTMLElement | undefined {
  return document.querySelector<HTMLElement>('[id^=panel-]:not([hidden]) [data-canvas]') ?? undefined
}

/** Keys go on working on the canvas when what had the focus is gone. */
export function focusCanvas(): void {
  shownCanvas()?.focus({ preventScroll: true })
}
