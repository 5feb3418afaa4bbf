/** A DuckDB type as a tree. A leaf's name is spelled as DuckDB prints it: `DECIMAL(18,2)`, `TIMESTAMP WITH TIME ZONE`. */
export type NestedType =
  | { readonly kind: 'leaf'; readonly name: string }
  | { readonly kind: 'list'; readonly item: NestedType }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, NestedType> }

/** Parses a type as DuckDB prints or a person writes it. Undefined for forms that are no lists, structs or plain types (MAP, UNION). */
export function parseNestedType(text: string): NestedType | undefined {
  const cursor = { text: text.trim(), at: 0 }
  const type = parseType(cursor)
  return type !== undefined && cursor.at === cursor.text.length ? type : undefined
}

export function printNestedType(type: NestedType): string {
  switch (type.kind) {
    case 'leaf':
      return type.name
    case 'list':
      return `${printNestedType(type.item)}[]`
    case 'struct': {
      const fields = [...type.fields].map(
        ([name, field]) => `"${name.replaceAll('"', '""')}" ${printNestedType(field)}`,
      )
      return `STRUCT(${fields.join(', ')})`
    }
  }
}

/** The same shape with other leaves. */
export function mapLeaves(type: NestedType, leaf: (name: string) => string): NestedType {
  switch (type.kind) {
    case 'leaf':
      return { kind: 'leaf', name: leaf(type.name) }
    case 'list':
      return { kind: 'list', item: mapLeaves(type.item, leaf) }
    case 'struct':
      return {
        kind: 'struct',
        fields: new Map([...type.fields].map(([name, field]) => [name, mapLeaves(field, leaf)])),
      }
  }
}

/** The leaf names in a type, each once. */
export function leavesOf(type: NestedType): Set<string> {
  const names = new Set<string>()
  mapLeaves(type, (name) => {
    names.add(name)
    return name
  })
  return names
}

interface Cursor {
  readonly text: string
  at: number
}

function parseType(cursor: Cursor): NestedType | undefined {
  let type = take(cursor, /STRUCT\s*\(/iy) === undefined ? parseLeaf(cursor) : parseFields(cursor)
  while (type !== undefined && take(cursor, /\s*\[\s*\]/y) !== undefined) type = { kind: 'list', item: type }
  return type
}

function parseFields(cursor: Cursor): NestedType | undefined {
  const fields = new Map<string, NestedType>()
  for (;;) {
    const name = take(cursor, /\s*("(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)\s+/uy)?.trim()
    if (name === undefined) return undefined
    const type = parseType(cursor)
    if (type === undefined) return undefined
    fields.set(name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name, type)
    if (take(cursor, /\s*,/y) !== undefined) continue
    return take(cursor, /\s*\)/y) === undefined ? undefined : { kind: 'struct', fields }
  }
}

function parseLeaf(cursor: Cursor): NestedType | undefined {
  const name = take(
    cursor,
    /(?!MAP\b|UNION\b|STRUCT\b|ENUM\b)[A-Z_][A-Z0-9_]*(?: (?:WITH|WITHOUT) TIME ZONE| PRECISION)?(?:\(\s*\d+\s*(?:,\s*\d+\s*)?\))?/iy,
  )
  if (name === undefined) return undefined
  return { kind: 'leaf', name: canonicalName(name.toUpperCase().replaceAll(/\s*([(),])\s*/g, '$1')) }
}

const CANONICAL: Readonly<Record<string, string>> = {
  TEXT: 'VARCHAR',
  STRING: 'VARCHAR',
  BOOL: 'BOOLEAN',
  INT: 'INTEGER',
  INT4: 'INTEGER',
  INT8: 'BIGINT',
  LONG: 'BIGINT',
  INT2: 'SMALLINT',
  INT1: 'TINYINT',
  REAL: 'FLOAT',
  FLOAT4: 'FLOAT',
  FLOAT8: 'DOUBLE',
  'DOUBLE PRECISION': 'DOUBLE',
  DECIMAL: 'DECIMAL(18,3)',
  NUMERIC: 'DECIMAL(18,3)',
  DATETIME: 'TIMESTAMP',
  TIMESTAMPTZ: 'TIMESTAMP WITH TIME ZONE',
  'TIMESTAMP WITHOUT TIME ZONE': 'TIMESTAMP',
  TIMETZ: 'TIME WITH TIME ZONE',
}

function canonicalName(name: string): string {
  if (name.startsWith('VARCHAR(')) return 'VARCHAR'
  const decimal = /^(?:DECIMAL|NUMERIC)\((\d+)(?:,(\d+))?\)$/.exec(name)
  return decimal === null ? (CANONICAL[name] ?? name) : `DECIMAL(${decimal[1]},${decimal[2] ?? '0'})`
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at
  const match = pattern.exec(cursor.text)
  if (match === null) return undefined
  cursor.at = pattern.lastIndex
  return match[0]
}
