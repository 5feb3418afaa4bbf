import { POSITION_COLUMN } from '../../../connectors/api/positions.ts'
import type { Column } from '../../../contract/column.ts'
import type { CursorPage } from '../../../contract/cursor.ts'
import type { Cell } from '../../../contract/page.ts'
import type { Duck, DuckCall } from '../../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'

/** Longer text is cut in a page: a cell of a grid shows one line. */
const MOST_CHARACTERS = 1_000
const MOST_BYTES = 256
const MOST_NESTED_CHARACTERS = 4_000

/** The rows of a slice in order, with long values cut. */
export async function readPage(
  reader: Duck,
  columns: readonly Column[],
  slice: Sql,
  call: DuckCall,
): Promise<Pick<CursorPage, 'rows' | 'cut'>> {
  if (columns.length === 0) return { rows: [], cut: [] }
  const cells = columns.map(shownCell)
  const lengths = columns.map(cutLength)
  const measured = lengths.flatMap((length, i) => (length === undefined ? [] : [{ column: i, length }]))
  const page = await reader.rows(
    sql`SELECT ${join([...cells, ...measured.map(({ length }) => length)])} FROM (${slice}) ORDER BY ${id(POSITION_COLUMN)}`,
    call,
  )
  const cut: CursorPage['cut'] = []
  const rows = page.rows.map((all, row) => {
    measured.forEach(({ column }, i) => {
      const characters = all[columns.length + i]
      if (characters !== null && characters !== undefined) cut.push({ row, column, characters: Number(characters) })
    })
    return all.slice(0, columns.length).map((cell, column) => {
      const short = shortNested(cell)
      if (short === undefined) return cell
      cut.push({ row, column, characters: short.characters })
      return short.text
    })
  })
  return { rows, cut }
}

function shownCell({ name, type }: Column): Sql {
  if (type === 'VARCHAR') return sql`left(${id(name)}, ${literal(MOST_CHARACTERS)})`
  if (type === 'BLOB') return sql`(${id(name)})[1:${literal(MOST_BYTES)}]`
  return id(name)
}

function cutLength({ name, type }: Column): Sql | undefined {
  if (type === 'VARCHAR') return longer(sql`length(${id(name)})`, MOST_CHARACTERS)
  return type === 'BLOB' ? longer(sql`octet_length(${id(name)})`, MOST_BYTES) : undefined
}

function longer(length: Sql, limit: number): Sql {
  return sql`CASE WHEN ${length} > ${literal(limit)} THEN ${length} END`
}

/** A long list or object is shown as the beginning of its JSON. */
function shortNested(cell: Cell): { text: string; characters: number } | undefined {
  if (typeof cell !== 'object' || cell === null) return undefined
  const text = JSON.stringify(cell)
  if (text.length <= MOST_NESTED_CHARACTERS) return undefined
  return { text: text.slice(0, MOST_NESTED_CHARACTERS), characters: text.length }
}
