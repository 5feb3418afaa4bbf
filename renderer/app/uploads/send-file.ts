import type { z } from 'zod'
import { failureOf } from '../../../engine/contract/api/failure-of.ts'
import {
  UPLOAD_PIECE_BYTES,
  type UploadWish,
  uploadBegunSchema,
  uploadPlaceSchema,
} from '../../../engine/contract/upload.ts'
import { takeToken } from '../early/token.ts'

interface Sending {
  readonly file: Blob
  /** On the engine's machine. */
  readonly directory: string
  /** May have folders before it. */
  readonly name: string
  readonly signal: AbortSignal
  readonly onSent: (bytes: number) => void
}

/**
 * Sends a file to the server that this page came from, piece by piece. Returns its path there.
 * @throws Failure of the server; an abort takes back what was sent
 */
export async function sendFile({ file, directory, name, signal, onSent }: Sending): Promise<string> {
  const wish: UploadWish = { directory, name, sizeBytes: file.size }
  const { id } = await call({ path: 'uploads', method: 'POST', json: wish, reply: uploadBegunSchema, signal })
  try {
    for (let offset = 0; offset < file.size; offset += UPLOAD_PIECE_BYTES) {
      const piece = file.slice(offset, offset + UPLOAD_PIECE_BYTES)
      await call({ path: `uploads/${id}?offset=${offset}`, method: 'PUT', piece, signal })
      onSent(piece.size)
    }
    return (await call({ path: `uploads/${id}`, method: 'POST', reply: uploadPlaceSchema, signal })).path
  } catch (error) {
    // The server would give it up by itself, but later.
    await call({ path: `uploads/${id}`, method: 'DELETE' }).catch(() => undefined)
    throw error
  }
}

/** Makes a new folder there. Returns its path. */
export async function makeFolder(directory: string, name: string, signal: AbortSignal): Promise<string> {
  const json = { directory, name }
  return (await call({ path: 'uploads/folders', method: 'POST', json, reply: uploadPlaceSchema, signal })).path
}

interface Call {
  readonly path: string
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly json?: object
  readonly piece?: Blob
  readonly signal?: AbortSignal
}

async function call<Reply>(asked: Call & { readonly reply: z.ZodType<Reply> }): Promise<Reply>
async function call(asked: Call): Promise<unknown>
async function call({
  path,
  method,
  json,
  piece,
  signal,
  reply,
}: Call & { readonly reply?: z.ZodType }): Promise<unknown> {
  const type = piece === undefined ? 'application/json' : 'application/octet-stream'
  const body = piece ?? (json === undefined ? undefined : JSON.stringify(json))
  const answer = await fetch(`/${path}`, {
    method,
    headers: { authorization: `Bearer ${takeToken() ?? ''}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  })
  const told: unknown = await answer.json()
  if (!answer.ok) throw failureOf(told)
  return reply === undefined ? told : reply.parse(told)
}
