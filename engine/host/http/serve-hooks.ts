import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Failure, type FailureCode, isFailure } from '../../contract/failure.ts'
import type { Hooks } from '../server/hooks.ts'
import { replyFailure } from './reply-failure.ts'

/** The most that any webhook may take; each has its own limit below it. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024

const STATUS: Partial<Record<FailureCode, number>> = { 'webhook.unsigned': 401, 'webhook.refused': 400 }
const nameSchema = z.object({ name: z.string().max(64) })

/**
 * Takes deliveries of webhooks: `POST /hooks/NAME`. The signature stands in place of a token. 200 once the delivery is kept, also when
 * it was before; 4xx for what will never be taken, 5xx for what may be sent again.
 */
export async function serveHooks(app: FastifyInstance, hooks: Hooks): Promise<void> {
  app.addHook('onClose', async () => hooks.close())
  await app.register(async (scope) => {
    // Signed are the bytes as they came.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    const config = { isOpen: true }
    scope.post('/hooks/:name', { bodyLimit: BODY_LIMIT_BYTES, config }, (request, reply) =>
      answer(hooks, request, reply),
    )
  })
}

async function answer(hooks: Hooks, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { name } = nameSchema.parse(request.params)
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const limit = await hooks.limitOf(name)
  if (limit === undefined) return refuse(request, reply, 404, 'there is no such webhook')
  if (body.length > limit) return refuse(request, reply, 413, 'the body is too large')
  try {
    return reply.send(await hooks.receive(name, { headers: plainHeaders(request), body }))
  } catch (error) {
    const status = isFailure(error) ? STATUS[error.code] : undefined
    if (status === undefined || !isFailure(error)) throw error
    return replyFailure(request, reply, status, error)
  }
}

function refuse(request: FastifyRequest, reply: FastifyReply, status: number, reason: string): FastifyReply {
  return replyFailure(request, reply, status, new Failure('server.request_refused', { status, reason }))
}

function plainHeaders({ headers }: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
    ),
  )
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked for without a token: what it takes proves itself otherwise. */
    isOpen?: boolean
  }
}
