/** The parts of a dataset name: `book.xlsx`, `book.xlsx!Sheet1`, `book.xlsx!Sheet1!A1:F20`, `book.xlsx!Totals`. */
export interface BookName {
  readonly book: string
  /** What follows the first `!` after the file's ending. */
  readonly inside: string | undefined
}

/** Splits after the first ending of a workbook that an exclamation mark follows; sheet names may hold more of both. */
export function parseBookName(dataset: string): BookName {
  const match = /^(.*?\.xls[xmb]?)!(.+)$/is.exec(dataset)
  return match === null ? { book: dataset, inside: undefined } : { book: match[1] ?? '', inside: match[2] ?? '' }
}
