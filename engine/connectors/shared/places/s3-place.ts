import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat as statHere } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { Failure } from '../../../contract/failure.ts'
import type { S3Config } from './config.ts'
import type { Place, PlaceEntry, PlaceFile, PlaceRequest, PutRequest } from './place.ts'
import { isFileName } from './place-names.ts'
import { s3Client } from './s3-client.ts'
import { isMissing, s3Failure } from './s3-failure.ts'

/** More than this goes up in parts; a store takes 10,000 of them. */
const PART_BYTES = 64 * 1024 ** 2
const STALE_MS = 24 * 3_600_000

/** Asks for one name of the bucket, so that a wrong key is told at once. @throws Failure `source.unauthorized`, `source.unavailable`. */
export async function openS3(config: S3Config, request: PlaceRequest): Promise<Place> {
  const place = new S3Place(config, request, await s3Client(config, request))
  await place.connect()
  return place
}

class S3Place implements Place {
  readonly id: string
  readonly #client: S3Client
  readonly #source: string
  readonly #signal: AbortSignal | undefined
  readonly #bucket: string
  readonly #prefix: string

  constructor({ kind, bucket, prefix, endpoint = '', region }: S3Config, request: PlaceRequest, client: S3Client) {
    this.#client = client
    this.#source = request.name
    this.#signal = request.signal
    this.#bucket = bucket
    this.#prefix = prefix === undefined ? '' : `${prefix.replace(/^\/+|\/+$/g, '')}/`
    this.id = JSON.stringify([kind, endpoint, region, bucket, this.#prefix])
  }

  async connect(): Promise<void> {
    const command = new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: this.#prefix, MaxKeys: 1 })
    await this.#call('', this.#signal, (abort) => this.#client.send(command, abort))
  }

  async list(signal?: AbortSignal): Promise<PlaceEntry[]> {
    return this.#call('', signal, async (abort) => {
      const found: PlaceEntry[] = []
      let after: string | undefined
      do {
        const command = new ListObjectsV2Command({
          Bucket: this.#bucket,
          Prefix: this.#prefix,
          ContinuationToken: after,
        })
        const { Contents = [], NextContinuationToken } = await this.#client.send(command, abort)
        for (const { Key = '', Size = 0 } of Contents) {
          const name = Key.slice(this.#prefix.length)
          if (isFileName(name)) found.push({ name, sizeBytes: BigInt(Size) })
        }
        after = NextContinuationToken
      } while (after !== undefined)
      return found
    })
  }

  async stat(name: string, signal?: AbortSignal): Promise<PlaceFile | undefined> {
    return this.#call(name, signal, async (abort) => {
      const { ContentLength = 0, ETag = '' } = await this.#client.send(new HeadObjectCommand(this.#object(name)), abort)
      return { name, sizeBytes: BigInt(ContentLength), version: ETag }
    }).catch((error: unknown) => {
      if (error instanceof Failure && isMissing(error.cause)) return undefined
      throw error
    })
  }

  async download({ name, version }: PlaceFile, path: string, signal?: AbortSignal): Promise<void> {
    await this.#call(name, signal, async (abort) => {
      const command = new GetObjectCommand({ ...this.#object(name), IfMatch: version })
      const { Body } = await this.#client.send(command, abort)
      if (!(Body instanceof Readable)) throw new Error('the answer has no content')
      await pipeline(Body, createWriteStream(path), signal === undefined ? {} : { signal })
    })
  }

  async put({ name, path, expected, signal }: PutRequest): Promise<void> {
    const { size } = await statHere(path)
    const condition =
      expected === undefined
        ? {}
        : expected.version === undefined
          ? { IfNoneMatch: '*' }
          : { IfMatch: expected.version }
    if (size > PART_BYTES) return this.#putParts({ name, path, size, condition, signal })
    await this.#call(name, signal, async (abort) => {
      const Body = size === 0 ? '' : createReadStream(path)
      const command = new PutObjectCommand({ ...this.#object(name), Body, ContentLength: size, ...condition })
      await this.#client.send(command, abort)
    })
  }

  /** Object storage has no names to change: a copy, then the removal of what was copied, each of that version only. */
  async move({ name, version }: PlaceFile, to: string): Promise<boolean> {
    if ((await this.stat(to)) !== undefined) return false
    await this.#call(name, undefined, async () => {
      const { Bucket, Key } = this.#object(name)
      const CopySource = [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/')
      const copy = { ...this.#object(to), CopySource, CopySourceIfMatch: version }
      await this.#client.send(new CopyObjectCommand(copy))
    })
    if ((await this.stat(name))?.version !== version) throw new Failure('file.changed', { file: name })
    await this.#call(name, undefined, () =>
      this.#client.send(new DeleteObjectCommand({ ...this.#object(name), IfMatch: version })),
    )
    return true
  }

  /** An object appears when its last part is there; what a killed process left of one is taken back. */
  async removeStale(name: string): Promise<void> {
    await this.#call(name, undefined, async () => {
      const { Key: Prefix } = this.#object(name)
      const command = new ListMultipartUploadsCommand({ Bucket: this.#bucket, Prefix })
      // Not every store has parts, and listing them is a right of its own.
      const { Uploads = [] } = await this.#client.send(command).catch(() => ({ Uploads: [] }))
      for (const { Key, UploadId, Initiated } of Uploads) {
        if (Key !== Prefix || Date.now() - (Initiated?.getTime() ?? Date.now()) < STALE_MS) continue
        await this.#client.send(new AbortMultipartUploadCommand({ Bucket: this.#bucket, Key, UploadId }))
      }
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#client.destroy()
    return Promise.resolve()
  }

  async #putParts({ name, path, size, condition, signal }: Parts): Promise<void> {
    await this.#call(name, signal, async (abort) => {
      const object = this.#object(name)
      const { UploadId } = await this.#client.send(new CreateMultipartUploadCommand(object), abort)
      try {
        const partBytes = Math.max(PART_BYTES, Math.ceil(size / 10_000))
        const parts: { ETag: string | undefined; PartNumber: number }[] = []
        await using file = await open(path, 'r')
        for (let at = 0; at < size; at += partBytes) {
          const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(Math.min(partBytes, size - at)), {
            position: at,
          })
          const [PartNumber, Body] = [parts.length + 1, buffer.subarray(0, bytesRead)]
          const command = new UploadPartCommand({ ...object, UploadId, PartNumber, Body })
          parts.push({ ETag: (await this.#client.send(command, abort)).ETag, PartNumber })
        }
        const whole = { ...object, UploadId, MultipartUpload: { Parts: parts }, ...condition }
        await this.#client.send(new CompleteMultipartUploadCommand(whole), abort)
      } catch (error) {
        await this.#client.send(new AbortMultipartUploadCommand({ ...object, UploadId })).catch(() => undefined)
        throw error
      }
    })
  }

  #object(name: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: `${this.#prefix}${name}` }
  }

  async #call<T>(
    file: string,
    signal: AbortSignal | undefined,
    work: (abort: { abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(signal === undefined ? {} : { abortSignal: signal })
    } catch (error) {
      if (signal?.aborted === true) throw new Failure('work.cancelled', { what: file === '' ? this.#source : file })
      throw s3Failure(error, { source: this.#source, file })
    }
  }
}

interface Parts extends Pick<PutRequest, 'name' | 'path' | 'signal'> {
  readonly size: number
  readonly condition: { readonly IfMatch?: string; readonly IfNoneMatch?: string }
}
