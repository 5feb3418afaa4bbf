import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import S3rver from 's3rver'
import { isSigned } from './signed-request.ts'

/** The one account that s3rver knows. */
export const STORE_KEY = 'S3RVER'

/** An S3-compatible store of the tests with one bucket. */
export interface TestStore extends AsyncDisposable {
  readonly endpoint: string
  readonly bucket: string
  /** Reaches the bucket past our own code. */
  readonly client: S3Client
}

/**
 * Starts s3rver on loopback. It does not check signatures of version 4 and knows no conditions of a PUT, which Amazon and the newer
 * stores do: both are judged in front of it, the condition by the entity tag that it tells.
 */
export async function startStore(directory: string, secret: string): Promise<TestStore> {
  await mkdir(directory, { recursive: true })
  const bucket = 'runnel-tests'
  const store = new S3rver({ directory, silent: true, configureBuckets: [{ name: bucket, configs: [] }] })
  await store.configureBuckets()
  const answer = store.callback()
  const server = createServer((request, response) => {
    if (!isSigned(request, secret)) return refuse(request, response, { status: 403, code: 'SignatureDoesNotMatch' })
    void holds(request, client).then((isHeld) =>
      isHeld ? answer(request, response) : refuse(request, response, { status: 412, code: 'PreconditionFailed' }),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given')
  const endpoint = `http://127.0.0.1:${address.port}`
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials: { accessKeyId: STORE_KEY, secretAccessKey: secret },
  })
  return {
    endpoint,
    bucket,
    client,
    async [Symbol.asyncDispose]() {
      client.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Whether the condition of a PUT holds; every other request has none. */
async function holds({ method, url = '', headers }: IncomingMessage, client: S3Client): Promise<boolean> {
  const [match, noneMatch] = [headers['if-match'], headers['if-none-match']]
  if (method !== 'PUT' || (match === undefined && noneMatch === undefined)) return true
  const [, Bucket = '', ...key] = new URL(url, 'http://store').pathname.split('/').map(decodeURIComponent)
  const tag = await client.send(new HeadObjectCommand({ Bucket, Key: key.join('/') })).then(
    ({ ETag }) => ETag,
    () => undefined,
  )
  return match === undefined ? tag === undefined : tag === match
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, code }: { status: number; code: string },
): void {
  request.resume()
  response.writeHead(status, { 'content-type': 'application/xml', connection: 'close' })
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}
