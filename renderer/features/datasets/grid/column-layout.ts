import type { RowSource } from '../../../ui/grid/grid-types.ts'

/** The columns that are shown, by their places in the data, in the order in which they are shown. */
export type ColumnLayout = readonly number[]

export function allColumns(count: number): ColumnLayout {
  return Array.from({ length: count }, (_, index) => index)
}

/** Without one of them; the last one stays, for a grid of no columns shows nothing that could be asked back. */
export function without(layout: ColumnLayout, column: number): ColumnLayout {
  return layout.length > 1 ? layout.filter((one) => one !== column) : layout
}

/** Shown again behind the nearest shown column that stands before it in the data. */
export function withColumn(layout: ColumnLayout, column: number): ColumnLayout {
  if (layout.includes(column)) return layout
  const before = Math.max(-1, ...layout.filter((one) => one < column))
  return layout.toSpliced(layout.indexOf(before) + 1, 0, column)
}

/** One place nearer to the beginning (-1) or to the end (1). */
export function moved(layout: ColumnLayout, column: number, step: -1 | 1): ColumnLayout {
  const at = layout.indexOf(column)
  const to = at + step
  if (at < 0 || to < 0 || to >= layout.length) return layout
  return layout.toSpliced(at, 1).toSpliced(to, 0, column)
}

/** A shown column at another place among those that are shown. */
export function movedTo(layout: ColumnLayout, from: number, to: number): ColumnLayout {
  const column = layout[from]
  return column === undefined ? layout : layout.toSpliced(from, 1).toSpliced(to, 0, column)
}

/** The same rows with only the cells of a layout, in its order. */
export function laidOut(fetch: RowSource['fetch'], layout: ColumnLayout): RowSource['fetch'] {
  return async (offset, limit, signal) => {
    const { rows, cut } = await fetch(offset, limit, signal)
    return {
      rows: rows.map((row) => layout.map((column) => row[column] ?? null)),
      ...(cut === undefined ? {} : { cut: laidOutCut(cut, layout) }),
    }
  }
}

function laidOutCut(cut: ReadonlySet<string>, layout: ColumnLayout): ReadonlySet<string> {
  const places = [...cut].flatMap((place) => {
    const [row, column] = place.split(':')
    const shown = layout.indexOf(Number(column))
    return shown < 0 ? [] : [`${row}:${shown}`]
  })
  return new Set(places)
}
