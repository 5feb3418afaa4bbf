export const ROW_PX = 28

export interface Link {
  /** Places in the two lists as they are drawn. */
  readonly left: number
  readonly right: number
}

export interface View {
  readonly leftScrollPx: number
  readonly rightScrollPx: number
  readonly heightPx: number
  readonly widthPx: number
}

export interface Line extends Link {
  readonly path: string
}

/** Lines of which an end is in sight; with both ends above or below they would only pass by. */
export function linesInView(links: readonly Link[], view: View): readonly Line[] {
  return links.flatMap((link) => {
    const from = middle(link.left, view.leftScrollPx)
    const to = middle(link.right, view.rightScrollPx)
    return isInside(from, view) || isInside(to, view) ? [{ ...link, path: curve(from, to, view.widthPx) }] : []
  })
}

function middle(place: number, scrollPx: number): number {
  return place * ROW_PX + ROW_PX / 2 - scrollPx
}

function isInside(y: number, { heightPx }: View): boolean {
  return y >= 0 && y <= heightPx
}

/** Leaves and arrives level, so that it is seen which row it belongs to. */
export function curve(fromY: number, toY: number, widthPx: number): string {
  const bend = widthPx / 2
  return `M0 ${fromY} C${bend} ${fromY} ${bend} ${toY} ${widthPx} ${toY}`
}
