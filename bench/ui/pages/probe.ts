/** What a bench asks of a page, ours and others alike. It is put into the page before its own scripts. */
export interface Probe {
  /** Begins to note the time of every frame. */
  startFrames(): void
  /** Milliseconds from frame to frame since `startFrames`, and how long each task ran that took more than 50 ms. */
  stopFrames(): { readonly frames: number[]; readonly longTasks: number[] }
  /**
   * Drags the bar of a grid to a place between 0 and 1 and waits until every row in sight is drawn with its values.
   * @returns milliseconds until that was painted
   */
  jump(grid: string, place: number): Promise<number>
  /** Clicks on an element; milliseconds until there are at least so many of another and that was painted. */
  clickTo(clicked: string, shown: string, count: number): Promise<number>
  /** A place where an element of `selector` lies on top, near the middle of the first one. */
  bare(selector: string): { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  /** From the next key on, waits until an element of `selector` has this text. */
  awaitText(selector: string, text: string): void
  /** From the next key on, waits until there are at least so many elements of `selector`. */
  awaitCount(selector: string, count: number): void
  /** Milliseconds from that key until what was awaited was painted. */
  sinceKey(): Promise<number>
}

declare global {
  interface Window {
    benchProbe: Probe
  }
}

const PATIENCE_MS = 60_000
let frames: number[] = []
let longTasks: number[] = []
let isNoting = false
let awaited: Promise<number> = Promise.resolve(0)

new PerformanceObserver((list) => {
  if (isNoting) longTasks.push(...list.getEntries().map(({ duration }) => duration))
}).observe({ type: 'longtask' })

window.benchProbe = {
  startFrames: () => {
    frames = []
    longTasks = []
    isNoting = true
    let last: number | undefined
    const note = (): void => {
      if (!isNoting) return
      const now = performance.now()
      if (last !== undefined) frames.push(now - last)
      last = now
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  },
  stopFrames: () => {
    isNoting = false
    return { frames, longTasks }
  },
  jump: async (grid, place) => {
    const scroller = scrollerOf(grid)
    const before = topRow(scroller)
    const began = performance.now()
    scroller.scrollTop = place * (scroller.scrollHeight - scroller.clientHeight)
    return paintedSince(began, () => topRow(scroller) !== before && isFilled(scroller))
  },
  clickTo: (clicked, shown, count) => {
    const element = document.querySelector<HTMLElement>(clicked)
    if (element === null) throw new Error(`there is no ${clicked}`)
    const began = performance.now()
    element.click()
    return paintedSince(began, () => document.querySelectorAll(shown).length >= count)
  },
  bare: barePlace,
  awaitText: (selector, text) => awaitAfterKey(() => hasText(selector, text)),
  awaitCount: (selector, count) => awaitAfterKey(() => document.querySelectorAll(selector).length >= count),
  sinceKey: () => awaited,
}

/** The first element under `selector` that scrolls, itself included. */
function scrollerOf(selector: string): Element {
  const found = [...document.querySelectorAll(selector)]
    .flatMap((root) => [root, ...root.querySelectorAll('*')])
    .find((element) => element.scrollHeight > 4 * element.clientHeight && element.clientHeight > 100)
  if (found === undefined) throw new Error(`nothing under ${selector} scrolls`)
  return found
}

interface SeenRow {
  readonly number: number
  readonly cells: readonly Element[]
}

/** The rows of data in sight. Both grids number their rows by `aria-rowindex`, the header being the first. */
function rowsInSight(scroller: Element): SeenRow[] {
  const { top, bottom } = scroller.getBoundingClientRect()
  return [...scroller.querySelectorAll('[role=row][aria-rowindex]')].flatMap((row) => {
    const cells = [...row.querySelectorAll('[role=gridcell], [role=cell]')]
    const box = row.getBoundingClientRect()
    const isSeen = cells.length > 0 && box.bottom > top && box.top < bottom
    return isSeen ? [{ number: Number(row.getAttribute('aria-rowindex')) - 2, cells }] : []
  })
}

function topRow(scroller: Element): number | undefined {
  return rowsInSight(scroller)[0]?.number
}

/** The rows fill the height, and the first value of each, its `id`, is its number: no row waits, none is another's. */
function isFilled(scroller: Element): boolean {
  const rows = rowsInSight(scroller)
  const isWhole = rows.length >= Math.floor(scroller.clientHeight / 40)
  return (
    isWhole &&
    rows.every(({ number, cells }) => digits(cells[0]) === String(number) && (cells[1]?.textContent ?? '') !== '')
  )
}

function barePlace(selector: string) {
  const box = document.querySelector(selector)?.getBoundingClientRect()
  if (box === undefined) throw new Error(`there is no ${selector}`)
  const { left, top, width, height } = box
  for (let step = 0; step < 400; step++) {
    const [x, y] = [left + width / 2 + (step % 20) * 7, top + height / 2 + Math.floor(step / 20) * 7]
    if (document.elementFromPoint(x, y)?.matches(selector) === true) return { x, y, width, height }
  }
  throw new Error(`${selector} is covered everywhere`)
}

function digits(cell: Element | undefined): string {
  return (cell?.textContent ?? '').replaceAll(/\D/g, '')
}

function hasText(selector: string, text: string): boolean {
  return [...document.querySelectorAll(selector)].some((element) => element.textContent === text)
}

function awaitAfterKey(isThere: () => boolean): void {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const pressed = (event: KeyboardEvent): void => void paintedSince(event.timeStamp, isThere).then(resolve, reject)
  addEventListener('keydown', pressed, { capture: true, once: true })
  awaited = promise
}

/** Looks in every frame; the message that a frame posts comes when it has been painted. */
function paintedSince(began: number, isThere: () => boolean): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const look = (): void => {
    if (isThere()) {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => resolve(performance.now() - began))
      port1.start()
      port2.postMessage(undefined)
    } else if (performance.now() - began > PATIENCE_MS) reject(new Error('what was waited for was never drawn'))
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  return promise
}
