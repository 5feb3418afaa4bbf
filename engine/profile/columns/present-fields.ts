import type { Cell } from '../../contract/page.ts'

/** A STRUCT of DuckDB without the fields that are NULL, at every depth: what is absent in the contract is NULL in SQL. */
export function presentFields(cell: Cell | undefined): unknown {
  if (Array.isArray(cell)) return cell.map(presentFields)
  if (typeof cell !== 'object' || cell === null) return cell
  return Object.fromEntries(
    Object.entries(cell)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, presentFields(value)]),
  )
}
