import type { FastifyReply, FastifyRequest } from 'fastify'
import { FAILURE_ERROR } from '../../contract/api/procedure.ts'
import type { Failure } from '../../contract/failure.ts'

/** Sends a failure of the door itself in the form that a client of `/rpc` or `/api` reads failures of procedures in. */
export function replyFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  failure: Failure,
): FastifyReply {
  const error = { defined: true, code: FAILURE_ERROR, status, message: failure.message, data: failure.toJSON() }
  return reply.status(status).send(request.url.startsWith('/rpc/') ? { json: error } : error)
}
