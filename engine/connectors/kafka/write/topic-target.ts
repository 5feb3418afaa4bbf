import { Failure } from '../../../contract/failure.ts'
import { KEYED_MODES } from '../../../contract/write-mode.ts'
import type { WritePlan, WriteRequest } from '../../api/writer.ts'
import { assertKeysGiven } from '../../shared/load/key-checks.ts'
import { planValue, type ValuePlan } from '../../shared/value-plan.ts'
import type { KafkaClient } from '../client/kafka-client.ts'
import { type KafkaTarget, kafkaTargetSchema } from '../config.ts'

const SUPPORTED = ['append', 'upsert', 'delete']
const NAME = /^(?!\.{1,2}$)[\w.-]{1,249}$/

export interface TopicTarget {
  readonly request: WriteRequest
  readonly options: KafkaTarget
  readonly isDebezium: boolean
  readonly plans: readonly ValuePlan[]
  readonly keys: readonly ValuePlan[]
  readonly plan: WritePlan
}

/** What a load into a topic would do. @throws Failure `write.mode_unsupported`, `write.key_missing`, `write.ddl_needed` */
export async function planTopicWrite(client: KafkaClient, request: WriteRequest): Promise<TopicTarget> {
  const { dataset, mode, columns } = request
  const options = kafkaTargetSchema.parse(request.options ?? {})
  if (!SUPPORTED.includes(mode)) throw new Failure('write.mode_unsupported', { dataset, mode, supported: SUPPORTED })
  assertKeysGiven(request)
  const isKeyed = KEYED_MODES.has(mode)
  const plans = columns.map(planValue)
  const exists = await client.has(dataset)
  if (!exists && request.ddl === 'never')
    throw new Failure('write.ddl_needed', { dataset, reason: 'there is no such topic' })
  if (!exists && !NAME.test(dataset)) {
    throw new Failure('target.rejected', {
      target: dataset,
      reason: 'a topic is named with letters, digits, "." "_" and "-"',
    })
  }
  const keys = (isKeyed ? request.keys : (options.keyColumns ?? [])).map((key) => keyPlan(request, plans, key))
  const mappings = plans.map(({ column, fidelity }) => ({
    column: column.name,
    from: column.type,
    to: fidelity.kind === 'exact' ? column.type : 'text',
    fidelity,
  }))
  const isDebezium = options.format === 'debezium' || (options.format === 'auto' && isKeyed)
  const statements = exists ? [] : [`create topic ${dataset}`]
  return { request, options, isDebezium, plans, keys, plan: { exists, statements, mappings, warnings: [] } }
}

function keyPlan({ dataset, mode }: WriteRequest, plans: readonly ValuePlan[], key: string): ValuePlan {
  const found = plans.find(({ column }) => column.name === key)
  if (found === undefined)
    throw new Failure('write.key_missing', { dataset, mode, reason: `the rows have no column ${key}` })
  return found
}
