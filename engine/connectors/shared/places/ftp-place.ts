import { stat as statHere } from 'node:fs/promises'
import { posix } from 'node:path'
import type { Client } from 'basic-ftp'
import { newId } from '../../../base/ids.ts'
import { Failure } from '../../../contract/failure.ts'
import { assertNotCancelled } from '../cancellation.ts'
import type { FtpConfig } from './config.ts'
import { connectFtp, type FtpConnection, ftpFailure, isRefused } from './ftp-connect.ts'
import type { Place, PlaceEntry, PlaceFile, PlaceRequest, PutRequest } from './place.ts'
import { isFileName } from './place-names.ts'
import { isStaleTemporary, temporaryBeside } from './temporary.ts'
import { Turns } from './turns.ts'

/** Connects in passive mode, over TLS unless the settings say otherwise. @throws Failure `source.unauthorized`, `source.unavailable`. */
export async function openFtp(config: FtpConfig, request: PlaceRequest): Promise<Place> {
  const place = new FtpPlace(config, request)
  await place.connect()
  return place
}

/** One control connection, which does one thing at a time. */
class FtpPlace implements Place {
  readonly id: string
  readonly #config: FtpConfig
  readonly #request: PlaceRequest
  readonly #turns = new Turns()
  #open: FtpConnection | undefined

  constructor(config: FtpConfig, request: PlaceRequest) {
    const { kind, host, port, user, directory = '' } = config
    this.id = JSON.stringify([kind, host, port, user, directory])
    this.#config = config
    this.#request = request
  }

  async connect(): Promise<void> {
    await this.#call('', undefined, () => Promise.resolve())
  }

  async list(signal?: AbortSignal): Promise<PlaceEntry[]> {
    return this.#call('', signal, async (client, root) => {
      const found: PlaceEntry[] = []
      const waiting = ['']
      for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
        for (const entry of await client.list(posix.join(root, folder))) {
          const name = `${folder}${entry.name}`
          if (!isFileName(name)) continue
          if (entry.isDirectory) waiting.push(`${name}/`)
          else if (entry.isFile) found.push({ name, sizeBytes: BigInt(entry.size) })
        }
      }
      return found
    })
  }

  async stat(name: string, signal?: AbortSignal): Promise<PlaceFile | undefined> {
    return this.#call(name, signal, (client, root) => statOf(client, root, name))
  }

  async download(file: PlaceFile, path: string, signal?: AbortSignal): Promise<void> {
    await this.#call(file.name, signal, (client, root) => client.downloadTo(path, posix.join(root, file.name)))
  }

  async put({ name, path, expected, signal }: PutRequest): Promise<void> {
    await this.#call(name, signal, async (client, root) => {
      const target = posix.join(root, name)
      if (name.includes('/')) await client.ensureDir(posix.dirname(target))
      const temporary = posix.join(posix.dirname(target), temporaryBeside(newId()))
      try {
        await client.uploadFrom(path, temporary)
        const [sent, arrived] = [(await statHere(path)).size, await client.size(temporary)]
        if (sent !== arrived)
          throw new Failure('target.rejected', { target: name, reason: `${arrived} of ${sent} bytes arrived` })
        if (expected !== undefined && (await statOf(client, root, name))?.version !== expected.version)
          throw new Failure('file.changed', { file: name })
        await replace(client, temporary, target)
      } catch (error) {
        if (!client.closed) await client.remove(temporary, true).catch(() => undefined)
        throw error
      }
    })
  }

  async move({ name, version }: PlaceFile, to: string): Promise<boolean> {
    return this.#call(name, undefined, async (client, root) => {
      if ((await statOf(client, root, to)) !== undefined) return false
      if (to.includes('/')) await client.ensureDir(posix.dirname(posix.join(root, to)))
      if ((await statOf(client, root, name))?.version !== version) throw new Failure('file.changed', { file: name })
      await client.rename(posix.join(root, name), posix.join(root, to))
      return true
    })
  }

  async removeStale(name: string): Promise<void> {
    await this.#call(name, undefined, async (client, root) => {
      const folder = posix.dirname(posix.join(root, name))
      const found = await client.list(folder).catch((error: unknown) => {
        // There is no such folder yet.
        if (isRefused(error)) return []
        throw error
      })
      for (const { name: own, modifiedAt } of found) {
        if (modifiedAt !== undefined && isStaleTemporary(own, modifiedAt.getTime()))
          await client.remove(posix.join(folder, own), true)
      }
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#open?.client.close()
    this.#open = undefined
    return Promise.resolve()
  }

  #call<T>(
    file: string,
    signal: AbortSignal | undefined,
    work: (client: Client, root: string) => Promise<T>,
  ): Promise<T> {
    const what = file === '' ? this.#request.name : file
    return this.#turns.take(async () => {
      assertNotCancelled(signal, what)
      const { client, root } = await this.#connection()
      // Nothing else stops a transfer that runs.
      const stop = (): void => client.close()
      signal?.addEventListener('abort', stop, { once: true })
      try {
        return await work(client, root)
      } catch (error) {
        assertNotCancelled(signal, what)
        throw ftpFailure(error, { source: this.#request.name, file })
      } finally {
        signal?.removeEventListener('abort', stop)
      }
    })
  }

  async #connection(): Promise<FtpConnection> {
    if (this.#open === undefined || this.#open.client.closed) this.#open = await connectFtp(this.#config, this.#request)
    return this.#open
  }
}

/** Size and time, each in the server's own words; a folder has no size. */
async function statOf(client: Client, root: string, name: string): Promise<PlaceFile | undefined> {
  const path = posix.join(root, name)
  try {
    const size = await client.size(path)
    const modifiedMs = await modifiedMsOf(client, path)
    return { name, sizeBytes: BigInt(size), version: `${size}@${modifiedMs}`, modifiedMs }
  } catch (error) {
    if (isRefused(error)) return undefined
    throw error
  }
}

/** A server that does not tell leaves every copy as one that may be old. */
async function modifiedMsOf(client: Client, path: string): Promise<number> {
  try {
    return (await client.lastMod(path)).getTime()
  } catch (error) {
    if (isRefused(error)) return Date.now()
    throw error
  }
}

/** Most servers replace a file in one step; others must have it out of the way first. */
async function replace(client: Client, temporary: string, target: string): Promise<void> {
  try {
    await client.rename(temporary, target)
  } catch (error) {
    if (!isRefused(error)) throw error
    await client.remove(target, true)
    await client.rename(temporary, target)
  }
}
