import { z } from 'zod'
import type { Secret } from '../../../base/secret.ts'
import { Failure } from '../../../contract/failure.ts'

const schemaSchema = z.object({
  schema: z.string(),
  schemaType: z.string().default('AVRO'),
  references: z.array(z.object({ name: z.string(), subject: z.string(), version: z.int() })).default([]),
})

/** A schema as the registry has it, with those it refers to before it. */
export interface RegisteredSchema {
  readonly kind: string
  readonly text: string
  readonly references: readonly string[]
}

export interface RegistryAccess {
  readonly url: string
  readonly user?: string | undefined
  readonly password: () => Promise<Secret | undefined>
  readonly timeoutMs: number
}

/** A registry that speaks Confluent's HTTP API; only asked, never changed. */
export class SchemaRegistry {
  readonly #access: RegistryAccess

  constructor(access: RegistryAccess) {
    this.#access = access
  }

  /** Undefined when the registry does not know the number. @throws Failure `source.unavailable`, `source.unauthorized` */
  async schema(number: number): Promise<RegisteredSchema | undefined> {
    const found = await this.#ask(`/schemas/ids/${number}`)
    if (found === undefined) return undefined
    const { schema: text, schemaType: kind, references } = found
    return { kind, text, references: await this.#referred(references) }
  }

  async #referred(references: readonly { subject: string; version: number }[]): Promise<string[]> {
    const texts: string[] = []
    for (const { subject, version } of references) {
      const found = await this.#ask(`/subjects/${encodeURIComponent(subject)}/versions/${version}`)
      if (found !== undefined) texts.push(...(await this.#referred(found.references)), found.schema)
    }
    return texts
  }

  async #ask(path: string): Promise<z.infer<typeof schemaSchema> | undefined> {
    const { url, user, password, timeoutMs } = this.#access
    const headers = new Headers({ accept: 'application/vnd.schemaregistry.v1+json' })
    if (user !== undefined) {
      const secret = await password()
      headers.set('authorization', `Basic ${Buffer.from(`${user}:${secret?.reveal() ?? ''}`).toString('base64')}`)
    }
    const answer = await this.#fetch(`${url.replace(/\/$/, '')}${path}`, headers, timeoutMs)
    if (answer.status === 404) return undefined
    if (answer.status === 401 || answer.status === 403) {
      throw new Failure('source.unauthorized', { source: url, reason: `HTTP ${answer.status}` })
    }
    if (!answer.ok) throw new Failure('source.unavailable', { source: url, reason: `HTTP ${answer.status}` })
    return schemaSchema.parse(await answer.json())
  }

  async #fetch(address: string, headers: Headers, timeoutMs: number): Promise<Response> {
    try {
      return await fetch(address, { headers, signal: AbortSignal.timeout(timeoutMs) })
    } catch (error) {
      const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      throw new Failure('source.unavailable', { source: this.#access.url, reason }, { cause: error })
    }
  }
}
