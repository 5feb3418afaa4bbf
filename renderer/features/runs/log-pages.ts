/** Lines that are asked for at once. */
export const PAGE_LINES = 100
export const LINE_PX = 20

export function pagesOf(total: number): number {
  return Math.ceil(total / PAGE_LINES)
}

export function linesOn(page: number, total: number): number {
  return Math.max(0, Math.min(PAGE_LINES, total - page * PAGE_LINES))
}
