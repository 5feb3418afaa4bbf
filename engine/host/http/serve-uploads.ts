import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Failure, type FailureCode, isFailure } from '../../contract/failure.ts'
import { UPLOAD_PIECE_BYTES, uploadFolderSchema, uploadWishSchema } from '../../contract/upload.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { replyFailure } from './reply-failure.ts'

const STATUS: Partial<Record<FailureCode, number>> = {
  'upload.too_large': 413,
  'upload.no_space': 507,
  'upload.lost': 409,
  'file.outside_folder': 403,
}
const idSchema = z.object({ id: z.string().max(64) })
const offsetSchema = z.object({ offset: z.coerce.number().pipe(z.int().min(0)) })

/**
 * Takes files from browsers: `POST /uploads` begins one, `PUT /uploads/ID?offset=N` writes a piece, `POST /uploads/ID` puts it in
 * place, `DELETE /uploads/ID` gives it up, `POST /uploads/folders` makes a folder. The token is asked for like everywhere else.
 */
export async function serveUploads(app: FastifyInstance, uploads: Uploads): Promise<void> {
  app.addHook('onClose', () => uploads[Symbol.asyncDispose]())
  await app.register(async (scope) => {
    // A piece goes to the disk as it comes; it is counted there.
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    scope.setErrorHandler((error: unknown, request, reply) => answerFailure(error, request, reply))
    scope.post('/uploads/folders', async ({ body }) => ({
      path: await uploads.folder(parsed(uploadFolderSchema, body)),
    }))
    scope.post('/uploads', async ({ body, actor }) => ({
      id: await uploads.begin(parsed(uploadWishSchema, body), actor),
    }))
    scope.put('/uploads/:id', { bodyLimit: UPLOAD_PIECE_BYTES }, async ({ params, query, body, actor }) => {
      const { offset } = parsed(offsetSchema, query)
      await uploads.append(parsed(idSchema, params).id, { offset, bytes: chunksOf(body), actor })
      return {}
    })
    scope.post('/uploads/:id', async ({ params, actor }) => ({
      path: await uploads.finish(parsed(idSchema, params).id, actor),
    }))
    scope.delete('/uploads/:id', async ({ params, actor }) => {
      await uploads.cancel(parsed(idSchema, params).id, actor)
      return {}
    })
  })
}

function answerFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // The application's own handler knows what to do with it.
  if (!isFailure(error)) throw error
  return replyFailure(request, reply, STATUS[error.code] ?? 400, error)
}

function parsed<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const found = schema.safeParse(value)
  if (found.success) return found.data
  throw new Failure('usage.invalid', { reason: z.prettifyError(found.error) })
}

async function* chunksOf(body: unknown): AsyncGenerator<Buffer> {
  if (!(body instanceof Readable)) return
  const chunks: AsyncIterable<unknown> = body
  for await (const chunk of chunks) if (Buffer.isBuffer(chunk)) yield chunk
}
