import { stat as statHere } from 'node:fs/promises'
import { posix } from 'node:path'
import type SftpClient from 'ssh2-sftp-client'
import { newId } from '../../../base/ids.ts'
import { Failure } from '../../../contract/failure.ts'
import { assertNotCancelled } from '../cancellation.ts'
import type { SftpConfig } from './config.ts'
import type { Place, PlaceEntry, PlaceFile, PlaceRequest, PutRequest } from './place.ts'
import { isFileName } from './place-names.ts'
import { connectSftp } from './sftp-connect.ts'
import { isMissing, sftpFailure } from './sftp-failure.ts'
import { isStaleTemporary, temporaryBeside } from './temporary.ts'

/** Connects by SSH and opens its file transfer. @throws Failure `source.host_key`, `source.unauthorized`, `source.unavailable`. */
export async function openSftp(config: SftpConfig, request: PlaceRequest): Promise<Place> {
  const place = new SftpPlace(config, request)
  await place.connect()
  return place
}

class SftpPlace implements Place {
  readonly id: string
  readonly #config: SftpConfig
  readonly #request: PlaceRequest
  #connecting: Promise<{ client: SftpClient; root: string }> | undefined

  constructor(config: SftpConfig, request: PlaceRequest) {
    const { kind, host, port, user, directory = '' } = config
    this.id = JSON.stringify([kind, host, port, user, directory])
    this.#config = config
    this.#request = request
  }

  async connect(): Promise<void> {
    await this.#connection()
  }

  async list(signal?: AbortSignal): Promise<PlaceEntry[]> {
    return this.#call('', async (client, root) => {
      const found: PlaceEntry[] = []
      const waiting = ['']
      for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
        assertNotCancelled(signal, this.#request.name)
        for (const { type, name: own, size } of await client.list(posix.join(root, folder))) {
          const name = `${folder}${own}`
          if (!isFileName(name)) continue
          if (type === 'd') waiting.push(`${name}/`)
          if (type === '-') found.push({ name, sizeBytes: BigInt(size) })
          // A link may lead out of the folder, or nowhere.
          if (type === 'l') found.push(...(await this.#linked(client, root, name)))
        }
      }
      return found
    })
  }

  async stat(name: string): Promise<PlaceFile | undefined> {
    return this.#call(name, (client, root) => statInside(client, root, name))
  }

  async download(file: PlaceFile, path: string, signal?: AbortSignal): Promise<void> {
    await this.#call(file.name, async (client, root) => {
      await this.#until(signal, file.name, client, () => client.fastGet(posix.join(root, file.name), path))
    })
  }

  async put({ name, path, expected, signal }: PutRequest): Promise<void> {
    await this.#call(name, async (client, root) => {
      const target = await targetPath(client, root, name)
      const temporary = posix.join(posix.dirname(target), temporaryBeside(newId()))
      try {
        await this.#until(signal, name, client, () => client.fastPut(path, temporary))
        const [sent, arrived] = [(await statHere(path)).size, (await client.stat(temporary)).size]
        if (sent !== arrived)
          throw new Failure('target.rejected', { target: name, reason: `${arrived} of ${sent} bytes arrived` })
        if (expected !== undefined && (await statInside(client, root, name))?.version !== expected.version)
          throw new Failure('file.changed', { file: name })
        await replace(client, temporary, target)
      } catch (error) {
        await client.delete(temporary, true).catch(() => undefined)
        throw error
      }
    })
  }

  async move({ name, version }: PlaceFile, to: string): Promise<boolean> {
    return this.#call(name, async (client, root) => {
      if ((await client.exists(posix.join(root, to))) !== false) return false
      const target = await targetPath(client, root, to)
      if ((await statInside(client, root, name))?.version !== version) throw new Failure('file.changed', { file: name })
      // The plain rename of SFTP replaces nothing.
      await client.rename(posix.join(root, name), target)
      return true
    })
  }

  async removeStale(name: string): Promise<void> {
    await this.#call(name, async (client, root) => {
      const folder = posix.dirname(posix.join(root, name))
      if ((await client.exists(folder)) !== 'd') return
      for (const { name: own, modifyTime } of await client.list(folder)) {
        if (isStaleTemporary(own, modifyTime)) await client.delete(posix.join(folder, own), true)
      }
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const open = await this.#connecting?.catch(() => undefined)
    this.#connecting = undefined
    await open?.client.end().catch(() => undefined)
  }

  async #linked(client: SftpClient, root: string, name: string): Promise<PlaceEntry[]> {
    const found = await statInside(client, root, name).catch(() => undefined)
    return found === undefined ? [] : [{ name, sizeBytes: found.sizeBytes }]
  }

  async #call<T>(file: string, work: (client: SftpClient, root: string) => Promise<T>): Promise<T> {
    const { client, root } = await this.#connection()
    try {
      return await work(client, root)
    } catch (error) {
      throw sftpFailure(error, { source: this.#request.name, file })
    }
  }

  /** Ends the connection when the signal is aborted: a transfer that runs cannot be stopped otherwise. */
  async #until(
    signal: AbortSignal | undefined,
    what: string,
    client: SftpClient,
    work: () => Promise<unknown>,
  ): Promise<void> {
    assertNotCancelled(signal, what)
    const stop = (): void => {
      this.#connecting = undefined
      void client.end().catch(() => undefined)
    }
    signal?.addEventListener('abort', stop, { once: true })
    try {
      await work()
    } catch (error) {
      assertNotCancelled(signal, what)
      throw error
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  #connection(): Promise<{ client: SftpClient; root: string }> {
    if (this.#connecting === undefined) {
      const begun = connectSftp(this.#config, this.#request, () => {
        if (this.#connecting === begun) this.#connecting = undefined
      })
      this.#connecting = begun
      begun.catch(() => {
        if (this.#connecting === begun) this.#connecting = undefined
      })
    }
    return this.#connecting
  }
}

async function statInside(client: SftpClient, root: string, name: string): Promise<PlaceFile | undefined> {
  const path = posix.join(root, name)
  try {
    const found = await client.stat(path)
    if (!found.isFile) return undefined
    if (!isBelow(root, await client.realPath(path))) throw new Failure('file.outside_folder', { file: name })
    const { size, modifyTime } = found
    return { name, sizeBytes: BigInt(size), version: `${size}@${modifyTime}`, modifiedMs: modifyTime }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The path of a file to come, its folders made. A link among them must not lead out. */
async function targetPath(client: SftpClient, root: string, name: string): Promise<string> {
  const target = posix.join(root, name)
  const folder = posix.dirname(target)
  if (name.includes('/')) await client.mkdir(folder, true)
  if (!isBelow(root, await client.realPath(folder))) throw new Failure('file.outside_folder', { file: name })
  return target
}

/** OpenSSH replaces a file in one step; others must have it out of the way first. */
async function replace(client: SftpClient, temporary: string, target: string): Promise<void> {
  try {
    await client.posixRename(temporary, target)
  } catch (error) {
    if (!(error instanceof Error) || !/not support/i.test(error.message)) throw error
    await client.delete(target, true)
    await client.rename(temporary, target)
  }
}

function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`)
}
