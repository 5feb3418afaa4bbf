import { ORPCError } from '@orpc/server'
import { FAILURE_ERROR } from '../../contract/api/procedure.ts'
import { toFailure } from '../../contract/failure.ts'

/** For the middleware of every area: whatever a procedure throws leaves as code and detail, the only things that cross a process. */
export async function failing<Result>(next: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await next()
  } catch (error) {
    throw asContractError(error)
  }
}

/** The same for what an event iterator throws after its first event. */
export async function* failingEvents<Event>(events: AsyncIterable<Event>): AsyncGenerator<Event, undefined, void> {
  try {
    yield* events
  } catch (error) {
    throw asContractError(error)
  }
}

function asContractError(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError) return error
  const failure = toFailure(error)
  return new ORPCError(FAILURE_ERROR, { status: 422, message: failure.message, data: failure.toJSON(), cause: error })
}
