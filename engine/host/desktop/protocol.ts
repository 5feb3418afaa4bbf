import { z } from 'zod'
import type { FailureData } from '../../contract/failure.ts'
import { languageSchema } from '../../contract/localized.ts'

/** The number that the engine gave to a worker. */
const worker = z.int().min(1)

/** What the desktop's main process says to the engine, a port for each `connect` and `worker-opened`. */
export const toEngineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    /** Where settings and the list of recent workspaces lie. */
    dataDirectory: z.string(),
    workspacesDirectory: z.string(),
    language: languageSchema,
    /** Opens the encrypted file of secrets; absent where the operating system keeps no secret for us. */
    secretKey: z.string().optional(),
  }),
  z.object({ kind: z.literal('connect'), workspace: z.string().max(4_096).optional(), language: languageSchema }),
  z.object({ kind: z.literal('ping'), id: z.int() }),
  z.object({ kind: z.literal('worker-opened'), worker }),
  /** The process is gone: how it ended, and the last of what it wrote to standard error. */
  z.object({ kind: z.literal('worker-ended'), worker, how: z.string(), lastWords: z.string() }),
])
export type ToEngine = z.infer<typeof toEngineSchema>

/** What the engine says to main: that it serves, that it still turns, and which processes it needs for runs. */
export const fromEngineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('serving') }),
  z.object({ kind: z.literal('pong'), id: z.int() }),
  z.object({ kind: z.literal('worker-open'), worker, variables: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('worker-kill'), worker }),
])
export type FromEngine = z.infer<typeof fromEngineSchema>

/** The first message over a port whose workspace is open; from then on it speaks the contract. */
export const PORT_READY = 'ready'

/** The only message over a port whose workspace cannot be opened. */
export interface PortRefusal {
  readonly refused: FailureData
}
