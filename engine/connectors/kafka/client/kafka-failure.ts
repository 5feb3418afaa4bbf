import { Failure } from '../../../contract/failure.ts'

const FENCED = new Set([
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'TRANSACTION_COORDINATOR_FENCED',
])
const UNKNOWN_TOPIC = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID', 'INVALID_TOPIC_EXCEPTION'])

export interface KafkaContext {
  readonly connection: string
  readonly side: 'source' | 'target'
  readonly dataset?: string
  readonly signal?: AbortSignal | undefined
}

/** Names of what went wrong, from the error itself and everything it was made of. */
export function kafkaCodes(error: unknown): Set<string> {
  const codes = new Set<string>()
  collect(error, codes, 0)
  return codes
}

function collect(error: unknown, codes: Set<string>, depth: number): void {
  if (!(error instanceof Error) || depth > 8) return
  if ('apiId' in error && typeof error.apiId === 'string') codes.add(error.apiId)
  if ('code' in error && typeof error.code === 'string') codes.add(error.code)
  if (error instanceof AggregateError) for (const one of error.errors) collect(one, codes, depth + 1)
  collect(error.cause, codes, depth + 1)
}

export function isFenced(error: unknown): boolean {
  return has(kafkaCodes(error), FENCED)
}

function has(codes: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  return [...wanted].some((code) => codes.has(code))
}

/** Wraps an error of the client or a broker once. */
export function kafkaFailure(error: unknown, { connection, side, dataset, signal }: KafkaContext): Failure {
  if (signal?.aborted === true) return new Failure('work.cancelled', { what: connection }, { cause: error })
  if (error instanceof Failure) return error
  const codes = kafkaCodes(error)
  const reason = reasonOf(error)
  const cause = { cause: error }
  if (dataset !== undefined && (has(codes, UNKNOWN_TOPIC) || reason.startsWith('Unknown topic '))) {
    return new Failure('source.dataset_missing', { dataset }, cause)
  }
  if (codes.has('PLT_KFK_AUTHENTICATION') || codes.has('SASL_AUTHENTICATION_FAILED')) {
    return new Failure('source.unauthorized', { source: connection, reason }, cause)
  }
  if (isPassing(codes)) return new Failure('source.unavailable', { source: connection, reason }, cause)
  return side === 'source'
    ? new Failure('source.rejected', { source: connection, reason }, cause)
    : new Failure('target.rejected', { target: dataset ?? connection, reason }, cause)
}

const PASSING = new Set([
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REQUEST_TIMED_OUT',
  'BROKER_NOT_AVAILABLE',
  'REPLICA_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'CONCURRENT_TRANSACTIONS',
  'KAFKA_STORAGE_ERROR',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'NOT_CONTROLLER',
])

/** Whether what went wrong may pass by itself: a broker that is gone or is not ready yet. */
export function isPassing(codes: ReadonlySet<string>): boolean {
  const spoken = [...codes].filter((code) => !code.startsWith('PLT_KFK_'))
  const isNetwork = ['PLT_KFK_NETWORK', 'PLT_KFK_TIMEOUT'].some((code) => codes.has(code))
  return (
    spoken.some((code) => PASSING.has(code) || /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/.test(code)) ||
    (isNetwork && spoken.length === 0)
  )
}

/** The innermost message: what is around it only names calls of the client. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors.at(-1))
  if (error instanceof Error) return error.cause instanceof Error ? reasonOf(error.cause) : error.message
  return String(error)
}
