import avro, { type Schema } from 'avsc'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { Secret } from '../../base/secret.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, type Sql, sql } from '../../sql/sql.ts'
import { type KafkaSettings, openKafkaSite } from '../../testing/kafka/kafka-site.ts'
import { startTestRegistry } from '../../testing/kafka/test-registry.ts'
import { materialise } from '../api/materialise.ts'
import type { Session } from '../api/session.ts'
import { kafka } from './connector.ts'

const site = await openKafkaSite(inject('kafka'))
const registry = await startTestRegistry('reader:secret')
const duck = await openDuck({ memoryLimitMb: 512 })
afterAll(async () => {
  for (const one of [duck, registry, site]) await one[Symbol.asyncDispose]()
})

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
let serial = 0

interface Asked {
  readonly dataset: string
  readonly options?: object
  readonly settings?: KafkaSettings
  readonly session?: Session
}

async function read({
  dataset,
  options = {},
  settings,
  session,
}: Asked): Promise<{ rows: unknown[][]; types: string[]; rejects: unknown[][] }> {
  await using opened = session === undefined ? await site.open(settings) : undefined
  const reading = await (session ?? opened)?.read({ dataset, options, duck })
  if (reading === undefined) throw new Error('no session')
  await using open = reading
  const { relation, rejects } = await materialise(duck, open, `read_${serial++}`)
  return {
    rows: (await duck.rows(sql`SELECT COLUMNS(*)::VARCHAR FROM ${relation}`)).rows.map((row) => [...row]),
    types: open.columns.map(({ name, type }) => `${name} ${type}`),
    rejects: (await duck.rows(sql`SELECT "locator", "reason" FROM ${rejects}`)).rows.map((row) => [...row]),
  }
}

async function write(dataset: string, relation: Sql, more: object = {}): Promise<void> {
  await using session = await site.open()
  const columns = await duck.columns(sql`SELECT * FROM ${relation}`)
  const request = {
    dataset,
    columns,
    mode: 'append',
    keys: [],
    loadId: `load-${serial++}`,
    options: {},
    ddl: 'create',
    duck,
  } as const
  await using writer = await session.write?.({ ...request, ...more })
  await writer?.stage(relation)
  await writer?.commit()
}

describe('reading a topic', () => {
  it('tells where each message stood, and takes only those asked for', async () => {
    const topic = await site.topic('placed', 2)
    await site.put(topic, [
      { partition: 0, key: Buffer.from('a'), value: json({ n: 1 }), headers: new Map([['h', '汇']]) },
      { partition: 1, key: Buffer.from([0xff, 1]), value: json({ n: 2 }) },
      { partition: 0, value: json({ n: 3 }) },
      { partition: 1, value: null },
    ])
    const { rows, types } = await read({ dataset: topic })
    expect(types).toEqual([
      '_topic VARCHAR',
      '_partition INTEGER',
      '_offset BIGINT',
      '_timestamp TIMESTAMP WITH TIME ZONE',
      '_key VARCHAR',
      '_headers JSON',
      'n BIGINT',
    ])
    const shown = rows.map(([, partition, offset, , key, headers, n]) => [partition, offset, key, headers, n])
    expect(shown.toSorted(byText)).toEqual([
      ['0', '0', 'a', '[{"key":"h","value":"汇"}]', '1'],
      ['0', '1', null, null, '3'],
      ['1', '0', '\\xff01', null, '2'],
      ['1', '1', null, null, null],
    ])
    const values = async (options: object): Promise<unknown[]> =>
      (await read({ dataset: topic, options: { metadata: false, ...options } })).rows.map(([n]) => n).toSorted(byText)
    expect(await values({ fromOffsets: { 0: '1' }, toOffsets: { 1: '1' } })).toEqual(['2', '3'])
    const [hourAgo, soon] = [-3_600_000, 60_000].map((ms) => new Date(Date.now() + ms).toISOString())
    expect(await values({ since: hourAgo, until: soon })).toHaveLength(4)
    expect(await values({ since: soon })).toEqual([])
    expect(await values({ until: hourAgo })).toEqual([])
  })

  it.each([
    ['text', [Buffer.from('one'), Buffer.from('{')], ['_value VARCHAR'], [['one'], ['{']]],
    ['bytes', [Buffer.from([0xff]), Buffer.from('a')], ['_value BLOB'], [['\\xFF'], ['a']]],
    [
      'long numbers',
      [Buffer.from('{"n":12345678901234567890,"d":0.12345678901234567,"e":1e3}')],
      ['n VARCHAR', 'd VARCHAR', 'e BIGINT'],
      [['12345678901234567890', '0.12345678901234567', '1000']],
    ],
    [
      'fields of several types',
      [json({ a: 1, A: true }), json({ a: 'x', b: [1] })],
      ['a VARCHAR', 'A_2 BOOLEAN', 'b JSON'],
      [
        ['1', 'true', null],
        ['x', null, '[1]'],
      ],
    ],
  ])('finds out that values are %s', async (_what, values, types, rows) => {
    const topic = await site.topic('guessed')
    await site.put(
      topic,
      values.map((value) => ({ value })),
    )
    expect(await read({ dataset: topic, options: { metadata: false } })).toEqual({ types, rows, rejects: [] })
  })

  it('rejects what is not as the others, with its place', async () => {
    const topic = await site.topic('odd')
    const good = Array.from({ length: 5 }, (_, i) => ({ value: json({ n: i }) }))
    await site.put(topic, [...good, { value: Buffer.from('{"n":') }, { value: json([1]) }])
    const { rows, rejects } = await read({ dataset: topic, options: { metadata: false } })
    expect(rows).toHaveLength(5)
    expect(rejects).toEqual([
      [`${topic}[0]@5`, expect.stringContaining('not JSON')],
      [`${topic}[0]@6`, '[1] is no record'],
    ])
  })

  it('sees only what was committed', async () => {
    const topic = await site.topic('given-up')
    for (let i = 0; i < 6; i++) {
      await using producer = await site.client.producer(`t-${topic}`)
      await producer.send([{ topic, key: null, value: json({ n: i }) }])
      await (i % 2 === 0 ? producer.commit() : producer.abort())
      await producer.settle()
    }
    const { rows } = await read({ dataset: topic, options: { metadata: false } })
    expect(rows).toEqual([['0'], ['2'], ['4']])
  })

  it('waits for a broker that is started again', async () => {
    const topic = await site.topic('patient')
    await write(topic, sql`(SELECT i AS n, repeat('x', 200) AS pad FROM range(60000) r(i))`)
    await using session = await site.open()
    const restarting = fetch(inject('restart'))
    const { rows } = await read({ dataset: topic, session, options: { metadata: false } })
    expect(await restarting).toMatchObject({ ok: true })
    expect(new Set(rows.map(([n]) => n)).size).toBe(60_000)
    expect(rows).toHaveLength(60_000)
  })
})

describe('Avro with a registry', () => {
  const settings = { registry: registry.url, registryUser: 'reader' }
  const open = (): Promise<Session> =>
    kafka.open({ ...site.request(settings), secret: () => Promise.resolve(new Secret('secret')) })
  // oxlint-disable-next-line no-underscore-dangle -- the library's only way to a type of 64-bit integers
  const LONG = avro.types.LongType.__with({
    fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
    toBuffer: (value: bigint) => {
      const buffer = Buffer.alloc(8)
      buffer.writeBigInt64LE(value)
      return buffer
    },
    fromJSON: BigInt,
    toJSON: String,
    isValid: (value: unknown) => typeof value === 'bigint',
    compare: () => 0,
  })
  const typeHook = (schema: Schema): avro.Type | undefined =>
    schema === 'long' || Reflect.get(Object(schema), 'type') === 'long' ? LONG : undefined
  const framed = (number: number, schema: object, value: object): Buffer => {
    const head = Buffer.alloc(5)
    head.writeUInt32BE(number, 1)
    return Buffer.concat([head, avro.Type.forSchema(schema as Schema, { typeHook }).toBuffer(value)])
  }

  it('has the types of its schema, and takes messages of older and newer ones', async () => {
    const topic = await site.topic('avro')
    const cases: readonly (readonly [name: string, type: unknown, value: unknown, column: string, text: string])[] = [
      ['flag', 'boolean', true, 'BOOLEAN', 'true'],
      ['small', 'int', -7, 'INTEGER', '-7'],
      ['large', 'long', 2n ** 63n - 1n, 'BIGINT', '9223372036854775807'],
      ['part', 'float', 0.5, 'FLOAT', '0.5'],
      ['ratio', 'double', 0.1, 'DOUBLE', '0.1'],
      ['text', 'string', '汇', 'VARCHAR', '汇'],
      ['blob', 'bytes', Buffer.from([1, 255]), 'BLOB', '\\x01\\xFF'],
      ['kind', { type: 'enum', name: 'Kind', symbols: ['A', 'B'] }, 'B', 'VARCHAR', 'B'],
      [
        'price',
        { type: 'bytes', logicalType: 'decimal', precision: 10, scale: 2 },
        Buffer.from([0xff, 0x38]),
        'DECIMAL(10,2)',
        '-2.00',
      ],
      ['born', { type: 'int', logicalType: 'date' }, -1, 'DATE', '1969-12-31'],
      ['clock', { type: 'long', logicalType: 'time-micros' }, 3_661_000_001n, 'TIME', '01:01:01.000001'],
      [
        'at',
        { type: 'long', logicalType: 'timestamp-micros' },
        -1n,
        'TIMESTAMP WITH TIME ZONE',
        '1969-12-31 23:59:59.999999+00',
      ],
      ['local', { type: 'long', logicalType: 'local-timestamp-millis' }, 1_500n, 'TIMESTAMP', '1970-01-01 00:00:01.5'],
      ['maybe', ['null', 'string'], 'there', 'VARCHAR', 'there'],
      ['list', { type: 'array', items: 'long' }, [1n, 2n ** 60n], 'JSON', '[1,1152921504606846976]'],
    ]
    const schema = { type: 'record', name: 'All', fields: cases.map(([name, type]) => ({ name, type })) }
    const newer = { ...schema, fields: [...schema.fields, { name: 'added', type: ['null', 'int'], default: null }] }
    const [first, second] = [registry.register(schema), registry.register(newer)]
    const value = Object.fromEntries(cases.map(([name, , given]) => [name, given]))
    await site.put(topic, [
      { value: framed(first, schema, value) },
      { value: framed(second, newer, { ...value, maybe: null, added: 9 }) },
    ])
    await using session = await open()
    const { types, rows, rejects } = await read({ dataset: topic, session, options: { metadata: false } })
    expect(rejects).toEqual([])
    expect(types).toEqual([...cases.map(([name, , , column]) => `${name} ${column}`), 'added INTEGER'])
    expect(rows).toEqual([
      [...cases.map(([, , , , text]) => text), null],
      [...cases.map(([name, , , , text]) => (name === 'maybe' ? null : text)), '9'],
    ])
    expect(registry.requests.filter((path) => path === `/schemas/ids/${first}`)).toHaveLength(1)
  })

  it('takes schemas that refer to others, and refuses what it has no schema of', async () => {
    const topic = await site.topic('referred')
    registry.register(
      { type: 'record', name: 'Place', namespace: 'geo', fields: [{ name: 'city', type: 'string' }] },
      { subject: 'place' },
    )
    const schema = {
      type: 'record',
      name: 'Person',
      fields: [
        { name: 'id', type: 'int' },
        { name: 'home', type: 'geo.Place' },
      ],
    }
    const number = registry.register(schema, { references: [{ name: 'geo.Place', subject: 'place', version: 1 }] })
    const other = registry.register({}, { schemaType: 'PROTOBUF' })
    const bytes = Buffer.concat([Buffer.from([0, 0, 0, 0, number]), Buffer.from([4, 4]), Buffer.from('GZ')])
    await site.put(topic, [
      { value: bytes },
      { value: bytes },
      { value: bytes },
      { value: Buffer.from([0, 0, 0, 99, 99, 1]) },
      { value: Buffer.from([0, 0, 0, 0, other, 1]) },
      { value: bytes.subarray(0, 7) },
    ])
    await using session = await open()
    const { rows, rejects } = await read({ dataset: topic, session, options: { metadata: false, format: 'avro' } })
    expect(rows).toEqual(Array.from({ length: 3 }, () => ['2', '{"city":"GZ"}']))
    expect(rejects.map(([, reason]) => reason)).toEqual([
      expect.stringContaining('no schema'),
      'schemas of PROTOBUF are not read',
      expect.stringContaining('not what the schema says'),
    ])
  })

  it('says when the registry refuses the login', async () => {
    const topic = await site.topic('locked')
    await site.put(topic, [{ value: Buffer.from([0, 0, 0, 0, 1, 0]) }])
    await expect(read({ dataset: topic, settings: { registry: registry.url } })).rejects.toMatchObject({
      code: 'source.unauthorized',
    })
  })
})

describe('writing a topic', () => {
  const rows = sql`(SELECT 1::BIGINT AS id, 1.10::DECIMAL(10,2) AS price, 'a"b' || chr(9) AS text, 'nan'::DOUBLE AS ratio, true AS ok, NULL::VARCHAR AS gone, 'x'::BLOB AS bytes, [1, NULL] AS list, TIMESTAMPTZ '2024-02-29 12:00:00+00' AS at)`

  it('writes rows as JSON that keeps every digit, by key where one is named', async () => {
    const topic = await site.topic('rows', 3)
    await write(topic, rows, { options: { keyColumns: ['id'] } })
    expect(await site.values(topic)).toEqual([
      '{"id":1,"price":1.10,"text":"a\\"b\\t","ratio":"nan","ok":true,"gone":null,"bytes":"eA==","list":[1,null],"at":"2024-02-29 12:00:00+00"}',
    ])
    const { rows: read1 } = await read({ dataset: topic })
    expect(read1[0]?.[4]).toBe('{"id":1}')
  })

  it('writes loads with keys as changes, deletes with a message that ends the key', async () => {
    const topic = await site.topic('changes')
    const two = sql`(SELECT i AS id, 'n' || i AS name FROM range(2) r(i))`
    await write(topic, two, { mode: 'upsert', keys: ['id'] })
    await write(topic, sql`(SELECT 1::BIGINT AS id)`, { mode: 'delete', keys: ['id'] })
    const values = (await site.values(topic)).map((text) => (text === null ? null : JSON.parse(text)))
    expect(values).toMatchObject([
      { op: 'u', before: null, after: { id: 0, name: 'n0' } },
      { op: 'u', before: null, after: { id: 1, name: 'n1' } },
      { op: 'd', before: { id: 1 }, after: null },
      null,
    ])
    const refused = sql`(SELECT 1 AS id FROM range(2))`
    await expect(write(topic, refused, { mode: 'upsert', keys: ['id'] })).rejects.toMatchObject({
      code: 'write.duplicate_key',
    })
    expect(await site.values(topic)).toHaveLength(4)
  })

  it('brings 100,000 rows there and back', async () => {
    const topic = await site.topic('many', 4)
    await duck.run(
      sql`CREATE TABLE ${id('many')} AS SELECT i AS id, i * 1.5 AS amount, md5(i::VARCHAR) AS text FROM range(100000) r(i)`,
    )
    await write(topic, id('many'))
    await using session = await site.open()
    await using reading = await session.read({ dataset: topic, options: { metadata: false }, duck })
    const { relation } = await materialise(duck, reading, 'many_back')
    const sums = (table: Sql): Sql =>
      sql`SELECT count(*), sum(id), sum(amount::DOUBLE), bit_xor(hash(id, text)) FROM ${table}`
    const [there, back] = [await duck.rows(sums(id('many'))), await duck.rows(sums(relation))]
    expect(back.rows).toEqual(there.rows)
  })
})
