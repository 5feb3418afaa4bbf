export interface CleanNames {
  /** Safe and unique, ignoring case; as many as the headers. */
  readonly names: readonly string[]
  readonly renames: readonly { readonly from: string; readonly to: string; readonly because: string }[]
}

const LONGEST_NAME = 120

/** Words that neither DuckDB nor PostgreSQL takes as a bare name. */
const RESERVED = new Set(
  'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit not null offset on only or order placing primary references returning select some symmetric table then to trailing true union unique using user variadic when where window with'.split(
    ' ',
  ),
)

/** Makes column names of headers: readable, unique and short enough, and says what was changed. */
export function cleanNames(headers: readonly string[]): CleanNames {
  const taken = new Set<string>()
  const renames: { from: string; to: string; because: string }[] = []
  const names = headers.map((from, i) => {
    const { name, because } = cleaned(from, i)
    const unique = uniqueName(name, taken)
    taken.add(unique.toLowerCase())
    if (unique !== from) renames.push({ from, to: unique, because: because ?? 'the name is used twice' })
    return unique
  })
  return { names, renames }
}

function cleaned(header: string, index: number): { name: string; because?: string } {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const name = header.replace(/[\u0000-\u001f\u007f\ufeff]+/g, ' ').trim()
  if (name === '') return { name: `column${index + 1}`, because: 'the header is empty' }
  const characters = Array.from(name)
  if (characters.length > LONGEST_NAME) {
    return {
      name: characters.slice(0, LONGEST_NAME).join(''),
      because: `the header has ${characters.length} characters`,
    }
  }
  if (RESERVED.has(name.toLowerCase())) return { name: `${name}_`, because: 'a word that SQL reserves' }
  if (name.toLowerCase().startsWith('_runnel_')) return { name: `x${name}`, because: 'a name Runnel keeps for itself' }
  return name === header ? { name } : { name, because: 'white space or control characters' }
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) return name
  for (let n = 2; ; n++) {
    const candidate = `${name}_${n}`
    if (!taken.has(candidate.toLowerCase())) return candidate
  }
}
