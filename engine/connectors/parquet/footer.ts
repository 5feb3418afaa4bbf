import { integer, parseThrift, printThrift, type ThriftStruct, type ThriftValue } from './thrift.ts'

// Field numbers of parquet.thrift.
const FILE = { rows: 3, rowGroups: 4 } as const
const ROW_GROUP = { columns: 1, fileOffset: 5, ordinal: 7 } as const
const CHUNK = {
  filePath: 1,
  fileOffset: 2,
  metadata: 3,
  offsetIndex: 4,
  columnIndex: 6,
  crypto: 8,
  encrypted: 9,
} as const
const CHUNK_OFFSETS = [9, 10, 11, 14] as const

/** The metadata at the end of a Parquet file. */
export type Footer = ThriftStruct

/** @throws RangeError for bytes that are no footer. */
export function parseFooter(bytes: Buffer): Footer {
  return parseThrift(bytes)
}

export function printFooter(footer: Footer): Buffer {
  return printThrift(footer)
}

function footerRows(footer: Footer): bigint {
  const rows = footer.fields.get(FILE.rows)
  return rows?.kind === 'integer' ? rows.value : 0n
}

/**
 * The footer of files whose contents stand one after the other, each moved by its `shift`; undefined when they cannot stand in
 * one file: other columns or notes, an index of pages (which holds places of its own), encryption.
 */
export function joinFooters(files: readonly { readonly footer: Footer; readonly shift: bigint }[]): Footer | undefined {
  const [first] = files
  if (first === undefined || !files.every(({ footer }) => isAlike(first.footer, footer))) return undefined
  const rowGroups: ThriftValue[] = []
  let rows = 0n
  for (const { footer, shift } of files) {
    const groups = listOf(footer, FILE.rowGroups)
    if (!groups.every(canMove)) return undefined
    rowGroups.push(...groups.map((group) => movedGroup(group, shift)))
    rows += footerRows(footer)
  }
  const list = first.footer.fields.get(FILE.rowGroups)
  if (list?.kind !== 'list') return undefined
  return withFields(first.footer, [
    [FILE.rows, integer(rows)],
    [FILE.rowGroups, { ...list, items: rowGroups }],
  ])
}

/** Whether everything but the rows is the same. */
function isAlike(a: Footer, b: Footer): boolean {
  const rest = (footer: Footer): Buffer => {
    const fields = new Map(footer.fields)
    fields.delete(FILE.rows)
    fields.delete(FILE.rowGroups)
    return printThrift({ ...footer, fields })
  }
  return rest(a).equals(rest(b))
}

function canMove(group: ThriftStruct): boolean {
  const stuck = [CHUNK.filePath, CHUNK.offsetIndex, CHUNK.columnIndex, CHUNK.crypto, CHUNK.encrypted]
  return listOf(group, ROW_GROUP.columns).every(({ fields }) => stuck.every((field) => !fields.has(field)))
}

function movedGroup(group: ThriftStruct, shift: bigint): ThriftStruct {
  const columns = group.fields.get(ROW_GROUP.columns)
  const fields = new Map(moved(group, [ROW_GROUP.fileOffset], shift).fields)
  if (columns?.kind === 'list') {
    const items = listOf(group, ROW_GROUP.columns).map((chunk) => movedChunk(chunk, shift))
    fields.set(ROW_GROUP.columns, { ...columns, items })
  }
  // Optional, and a number of its old file.
  fields.delete(ROW_GROUP.ordinal)
  return { ...group, fields }
}

function movedChunk(chunk: ThriftStruct, shift: bigint): ThriftStruct {
  const metadata = chunk.fields.get(CHUNK.metadata)
  const placed = moved(chunk, [CHUNK.fileOffset], shift)
  return metadata?.kind === 'struct'
    ? withFields(placed, [[CHUNK.metadata, moved(metadata, CHUNK_OFFSETS, shift)]])
    : placed
}

/** Zero is not a place: writers put it where they note none. */
function moved(struct: ThriftStruct, places: readonly number[], shift: bigint): ThriftStruct {
  const changed = places.flatMap((field) => {
    const value = struct.fields.get(field)
    return value?.kind === 'integer' && value.value > 0n
      ? [[field, { ...value, value: value.value + shift }] as const]
      : []
  })
  return withFields(struct, changed)
}

function withFields(struct: ThriftStruct, changed: readonly (readonly [number, ThriftValue])[]): ThriftStruct {
  return { ...struct, fields: new Map([...struct.fields, ...changed]) }
}

function listOf(struct: ThriftStruct, field: number): ThriftStruct[] {
  const list = struct.fields.get(field)
  return list?.kind === 'list' ? list.items.flatMap((item) => (item.kind === 'struct' ? [item] : [])) : []
}
