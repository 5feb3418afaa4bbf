import { ORPCError } from '@orpc/server'
import { newId } from '../../base/ids.ts'
import { FAILURE_ERROR } from '../../contract/api/procedure.ts'
import { Failure, failureDataSchema } from '../../contract/failure.ts'
import type { HostContext } from '../router/context.ts'

/** Told of a fault of the server's own, by the id that its caller got. */
export type ReportError = (id: string, error: unknown) => void

interface Call {
  readonly path: readonly string[]
  readonly context: HostContext
  readonly signal?: AbortSignal | undefined
  readonly next: () => Promise<unknown>
}

const SERVER_AREAS = new Set(['runs', 'jobs', 'server'])
/** Of syncs, what is about those that were pushed. */
const SERVER_SYNCS = new Set(['list', 'watch', 'log', 'start', 'stop', 'resync', 'reader', 'removal', 'remove'])

/**
 * For every call from far away: only what this engine offers, no inner details in unexpected errors, and streams that end when
 * the server stops.
 */
export function guardCalls(onError: ReportError, stopping: AbortSignal): (call: Call) => Promise<unknown> {
  return async ({ path, context, signal, next }) => {
    const conceal = (error: unknown): unknown => (isGivenUp(error, signal) ? error : concealed(error, onError))
    try {
      requireOffered(path, context)
      const output = await next()
      return isIterable(output) ? guardedEvents(output, stopping, conceal) : output
    } catch (error) {
      throw conceal(error)
    }
  }
}

/** For what fails around a call, such as reading its input: the caller is told an id there too. */
export function reportFaults(
  onError: ReportError,
): <Result>(request: { readonly next: () => Promise<Result> }) => Promise<Result> {
  return async (request) => {
    try {
      return await request.next()
    } catch (error) {
      throw error instanceof ORPCError ? error : concealed(error, onError)
    }
  }
}

/** Without a workspace the other procedures could only touch files of the machine, which are none of a caller's business. */
function requireOffered([area = '', name = '']: readonly string[], context: HostContext): void {
  // A studio's session: what its calls may reach is fenced by its folders.
  if (context.workspaceDirectory !== undefined || context.allowedFolders !== undefined) return
  const procedure = `${area}.${name}`
  if (SERVER_AREAS.has(area) && procedure !== 'runs.start') return
  if (area === 'syncs' && SERVER_SYNCS.has(name)) return
  const failure = new Failure('server.not_offered', { procedure })
  throw new ORPCError(FAILURE_ERROR, { status: 403, message: failure.message, data: failure.toJSON(), defined: true })
}

/** Whether it is what a caller that changed its mind ended its own call with, however it was wrapped on the way. */
function isGivenUp(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted !== true) return false
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) if (inner === signal.reason) return true
  return false
}

/** Text of an unexpected error may quote SQL, paths or values: the caller gets an id, the log gets the error. */
function concealed(error: unknown, onError: ReportError): unknown {
  if (error instanceof ORPCError && !isUnexpected(error)) return error
  // A caller that changed its mind is no fault of anyone's.
  if (error instanceof Error && error.name === 'AbortError') return error
  const errorId = newId()
  onError(errorId, causeOf(error))
  const failure = new Failure('internal.unexpected', { reason: `error ${errorId}` })
  return new ORPCError(FAILURE_ERROR, { status: 500, message: failure.message, data: failure.toJSON(), defined: true })
}

function isUnexpected({ code, data }: ORPCError<string, unknown>): boolean {
  if (code === 'INTERNAL_SERVER_ERROR') return true
  return code === FAILURE_ERROR && failureDataSchema.safeParse(data).data?.code === 'internal.unexpected'
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

async function* guardedEvents(
  events: AsyncIterable<unknown>,
  stopping: AbortSignal,
  conceal: (error: unknown) => unknown,
): AsyncGenerator<unknown, undefined, void> {
  const iterator = events[Symbol.asyncIterator]()
  const { promise: stopped, resolve } = Promise.withResolvers<IteratorResult<unknown>>()
  const stop = (): void => resolve({ done: true, value: undefined })
  stopping.addEventListener('abort', stop, { once: true })
  if (stopping.aborted) stop()
  try {
    for (;;) {
      const result = await Promise.race([iterator.next(), stopped])
      if (result.done === true) return
      yield result.value
    }
  } catch (error) {
    throw conceal(error)
  } finally {
    stopping.removeEventListener('abort', stop)
    // Not awaited: an iterator that waits for its next event ends only when that comes.
    void iterator.return?.().catch(() => undefined)
  }
}
