/** Column names for keys: the keys themselves, but never empty, with a NUL or the same as another in a different case. */
export function columnNames(keys: readonly string[]): {
  readonly names: readonly string[]
  readonly warnings: readonly string[]
} {
  const taken = new Set<string>()
  const warnings: string[] = []
  const names = keys.map((key, i) => {
    const name = uniqueName(key === '' ? `column${i + 1}` : key.replaceAll('\0', ' '), taken)
    taken.add(name.toLowerCase())
    if (name !== key) warnings.push(`${JSON.stringify(key)} is read as column ${name}`)
    return name
  })
  return { names, warnings }
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) return name
  for (let n = 2; ; n++) {
    const candidate = `${name}_${n}`
    if (!taken.has(candidate.toLowerCase())) return candidate
  }
}
