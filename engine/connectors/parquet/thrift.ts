/**
 * A value of Thrift's compact protocol as it stands in a file. Kept whole, also what we know nothing about, so that a footer
 * that was read can be written again.
 */
export type ThriftValue =
  | { readonly type: ThriftType; readonly kind: 'fixed'; readonly bytes: Buffer }
  | { readonly type: ThriftType; readonly kind: 'integer'; readonly value: bigint }
  | { readonly type: ThriftType; readonly kind: 'binary'; readonly bytes: Buffer }
  | ThriftList
  | ThriftStruct

export interface ThriftList {
  readonly type: ThriftType
  readonly kind: 'list'
  readonly itemType: ThriftType
  readonly items: readonly ThriftValue[]
}

export interface ThriftStruct {
  readonly type: ThriftType
  readonly kind: 'struct'
  readonly fields: ReadonlyMap<number, ThriftValue>
}

type ThriftType = number

const TRUE = 1
const FALSE = 2
const BYTE = 3
const I64 = 6
const DOUBLE = 7
const BINARY = 8
const LIST = 9
const SET = 10
const STRUCT = 12
const LONG_LIST = 15

export function integer(value: bigint): ThriftValue {
  return { type: I64, kind: 'integer', value }
}

/** @throws RangeError for bytes that are no struct, or hold a map, which Parquet's footer never does. */
export function parseThrift(bytes: Buffer): ThriftStruct {
  return new Parser(bytes).struct()
}

export function printThrift(value: ThriftStruct): Buffer {
  const pieces: Buffer[] = []
  printStruct(value, pieces)
  return Buffer.concat(pieces)
}

class Parser {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  struct(): ThriftStruct {
    const fields = new Map<number, ThriftValue>()
    let field = 0
    for (;;) {
      const head = this.#byte()
      if (head === 0) return { type: STRUCT, kind: 'struct', fields }
      const delta = head >> 4
      field = delta === 0 ? Number(zigzag(this.#varint())) : field + delta
      const type = head & 15
      // A boolean field is told by its type alone.
      const isFlag = type === TRUE || type === FALSE
      fields.set(field, isFlag ? { type, kind: 'fixed', bytes: Buffer.alloc(0) } : this.#value(type))
    }
  }

  #value(type: ThriftType): ThriftValue {
    switch (type) {
      case TRUE:
      case FALSE:
      case BYTE:
        return { type, kind: 'fixed', bytes: this.#take(1) }
      case DOUBLE:
        return { type, kind: 'fixed', bytes: this.#take(8) }
      case BINARY:
        return { type, kind: 'binary', bytes: this.#take(Number(this.#varint())) }
      case LIST:
      case SET:
        return this.#list(type)
      case STRUCT:
        return this.struct()
      default:
        if (type < BYTE || type > I64) throw new RangeError(`a Thrift value of type ${type}`)
        return { type, kind: 'integer', value: zigzag(this.#varint()) }
    }
  }

  #list(type: ThriftType): ThriftList {
    const head = this.#byte()
    const count = head >> 4 === LONG_LIST ? Number(this.#varint()) : head >> 4
    const itemType = head & 15
    const items: ThriftValue[] = []
    for (let i = 0; i < count; i++) items.push(this.#value(itemType))
    return { type, kind: 'list', itemType, items }
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.#at++)
  }

  #take(count: number): Buffer {
    if (this.#at + count > this.#bytes.length) throw new RangeError('a Thrift value is cut off')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  #varint(): bigint {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
  }
}

function printStruct({ fields }: ThriftStruct, pieces: Buffer[]): void {
  let last = 0
  for (const [field, value] of [...fields].toSorted(([a], [b]) => a - b)) {
    const delta = field - last
    if (delta <= 15) pieces.push(Buffer.of((delta << 4) | value.type))
    else pieces.push(Buffer.of(value.type), varint(BigInt(field) * 2n))
    printValue(value, pieces)
    last = field
  }
  pieces.push(Buffer.of(0))
}

function printValue(value: ThriftValue, pieces: Buffer[]): void {
  switch (value.kind) {
    case 'fixed':
      pieces.push(value.bytes)
      return
    case 'integer':
      pieces.push(varint(value.value >= 0n ? value.value * 2n : -value.value * 2n - 1n))
      return
    case 'binary':
      pieces.push(varint(BigInt(value.bytes.length)), value.bytes)
      return
    case 'list': {
      const { items, itemType } = value
      if (items.length < LONG_LIST) pieces.push(Buffer.of((items.length << 4) | itemType))
      else pieces.push(Buffer.of((LONG_LIST << 4) | itemType), varint(BigInt(items.length)))
      for (const item of items) printValue(item, pieces)
      return
    }
    case 'struct':
      printStruct(value, pieces)
  }
}

function zigzag(value: bigint): bigint {
  return value % 2n === 0n ? value / 2n : -(value + 1n) / 2n
}

function varint(value: bigint): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
