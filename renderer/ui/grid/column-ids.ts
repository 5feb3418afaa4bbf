/** What tells columns apart wherever they stand: their names, the second of a name and on with its number. */
export function columnIds(columns: readonly { readonly name: string }[]): readonly string[] {
  const seen = new Map<string, number>()
  return columns.map(({ name }) => {
    const number = (seen.get(name) ?? 0) + 1
    seen.set(name, number)
    // No name has this character: DuckDB refuses it.
    return number === 1 ? name : `${name}\0${number}`
  })
}
