import { randomBytes } from 'node:crypto'
import { Failure } from '../../../contract/failure.ts'
import type { Cell } from '../../../contract/page.ts'
import { KEYED_MODES } from '../../../contract/write-mode.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { Reading } from '../../api/reading.ts'
import type { WriteOutcome, WritePlan, WriteRequest, Writer } from '../../api/writer.ts'
import { assertNotCancelled } from '../../shared/cancellation.ts'
import { fromRelation } from '../../shared/load/from-relation.ts'
import { assertStagedKeys } from '../../shared/load/key-checks.ts'
import { printNestedType } from '../../shared/nested-type.ts'
import type { KafkaClient } from '../client/kafka-client.ts'
import type { OutgoingMessage } from '../client/messages.ts'
import { LOADS_TOPIC } from '../client/own-topics.ts'
import { ensureStateTopic, lastValue } from '../client/state-topics.ts'
import { envelope, type Operation } from './envelope.ts'
import { jsonRecord } from './json-text.ts'
import { planTopicWrite, type TopicTarget } from './topic-target.ts'

/** Opens a writer that stages rows in DuckDB and writes them, with the load's id, in one transaction of Kafka at the commit. */
export async function openTopicWriter(client: KafkaClient, request: WriteRequest): Promise<Writer> {
  const target = await planTopicWrite(client, request)
  const committed = await committedLoad(client, request)
  const stage = `_runnel_stage_${randomBytes(6).toString('hex')}`
  const columns = target.plans.map(({ column, type }) => sql`${id(column.name)} ${trusted(printNestedType(type))}`)
  await request.duck.run(sql`CREATE TABLE ${id(stage)} (${join(columns)})`)
  return new TopicWriter(client, target, { stage, committed })
}

class TopicWriter implements Writer {
  readonly plan: WritePlan
  readonly committed?: WriteOutcome
  readonly byteFormats = []
  readonly #client: KafkaClient
  readonly #target: TopicTarget
  readonly #stage: string
  #rows = 0n

  constructor(
    client: KafkaClient,
    target: TopicTarget,
    { stage, committed }: { stage: string; committed: WriteOutcome | undefined },
  ) {
    this.#client = client
    this.#target = target
    this.#stage = stage
    this.plan = target.plan
    if (committed !== undefined) this.committed = committed
  }

  async stage(relation: Sql): Promise<bigint> {
    const { plans, request } = this.#target
    const values = join(plans.map(({ column, value }) => sql`${value} AS ${id(column.name)}`))
    const call = request.signal === undefined ? {} : { signal: request.signal }
    const select = sql`SELECT ${values} FROM ${fromRelation(relation)}`
    const staged = await request.duck.run(sql`INSERT INTO ${id(this.#stage)} ${select}`, call)
    this.#rows += staged
    return staged
  }

  readBack(): Promise<Reading> {
    const { plans } = this.#target
    return Promise.resolve({
      columns: plans.map(({ column, type }) => ({ name: column.name, type: printNestedType(type) })),
      relation: sql`SELECT * FROM ${id(this.#stage)}`,
      warnings: [],
      counts: () => ({ rows: this.#rows, rejected: 0n, bytes: 0n }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    })
  }

  async commit(): Promise<WriteOutcome> {
    const { request, options, plan } = this.#target
    const { dataset, duck, mode, keys, signal } = request
    assertNotCancelled(signal, `the load of ${dataset}`)
    if (KEYED_MODES.has(mode)) {
      const rows = async (query: Sql): Promise<readonly (readonly Cell[])[]> => (await duck.rows(query)).rows
      await assertStagedKeys({ dataset, stage: id(this.#stage), keys, rows })
    }
    if (!plan.exists) await this.#client.create(dataset, options)
    await ensureStateTopic(this.#client, LOADS_TOPIC)
    const outcome = this.#outcome()
    await using producer = await this.#client.producer(`runnel-load-${dataset}`)
    // The producer came after whatever an earlier one had left open was over.
    const before = await committedLoad(this.#client, request)
    if (before !== undefined) return before
    for await (const messages of this.#messages()) {
      assertNotCancelled(signal, `the load of ${dataset}`)
      await producer.send(messages)
    }
    await producer.send([loadMessage(request, outcome)])
    try {
      await producer.commit()
      await producer.settle()
    } catch (error) {
      const known = await committedLoad(this.#client, request).catch(() => undefined)
      if (known === undefined) throw error
    }
    return outcome
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#target.request.duck.run(sql`DROP TABLE IF EXISTS ${id(this.#stage)}`)
  }

  #outcome(): WriteOutcome {
    const none = { inserted: 0n, updated: 0n, deleted: 0n }
    return this.#target.request.mode === 'delete' ? { ...none, deleted: this.#rows } : { ...none, inserted: this.#rows }
  }

  async *#messages(): AsyncGenerator<OutgoingMessage[]> {
    const { request, plans, keys, isDebezium } = this.#target
    const { dataset: topic, mode, duck, signal } = request
    const key = keys.length === 0 ? sql`NULL` : jsonRecord(keys)
    const operation: Operation = mode === 'delete' ? 'd' : mode === 'upsert' ? 'u' : 'c'
    const { head, tail } = isDebezium ? envelope(operation, { name: 'runnel', table: topic }) : { head: '', tail: '' }
    const isDelete = mode === 'delete'
    const query = sql`SELECT ${key}, ${literal(head)} || ${jsonRecord(plans)} || ${literal(tail)} FROM ${id(this.#stage)}`
    for await (const rows of duck.blocks(query, signal === undefined ? {} : { signal })) {
      const messages: OutgoingMessage[] = []
      for (const [name, value] of rows) {
        const bytes = typeof name === 'string' ? Buffer.from(name) : null
        if (!isDelete || isDebezium)
          messages.push({ topic, key: bytes, value: Buffer.from(typeof value === 'string' ? value : '') })
        // Lets compaction forget the key.
        if (isDelete) messages.push({ topic, key: bytes, value: null })
      }
      yield messages
    }
  }
}

function loadKey({ dataset, loadId }: WriteRequest): string {
  return `${dataset}\t${loadId}`
}

function loadMessage(request: WriteRequest, { inserted, deleted }: WriteOutcome): OutgoingMessage {
  const value = { inserted: String(inserted), deleted: String(deleted), state: request.state ?? null }
  return { topic: LOADS_TOPIC, key: Buffer.from(loadKey(request)), value: Buffer.from(JSON.stringify(value)) }
}

async function committedLoad(client: KafkaClient, request: WriteRequest): Promise<WriteOutcome | undefined> {
  const text = await lastValue(client, LOADS_TOPIC, loadKey(request))
  if (text === undefined) return undefined
  const value: unknown = JSON.parse(text)
  const count = (name: string): bigint => {
    const found = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
    if (typeof found !== 'string')
      throw new Failure('source.rejected', { source: LOADS_TOPIC, reason: `not a load: ${text}` })
    return BigInt(found)
  }
  return { inserted: count('inserted'), updated: 0n, deleted: count('deleted') }
}
