import { randomUUID } from 'node:crypto'
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import type { PlaceConfig } from '../../connectors/shared/places/config.ts'
import { STORE_KEY, type TestStore } from './object-store.ts'
import { CANARY, type TestFolder, type TestPlace } from './test-place.ts'

/** Prefixes of a bucket. */
export function s3TestPlace({ endpoint, bucket, client }: TestStore): TestPlace {
  const configOf = (prefix: string, of = bucket): PlaceConfig => ({
    kind: 's3',
    bucket: of,
    prefix,
    endpoint,
    region: 'us-east-1',
    pathStyle: true,
    accessKeyId: STORE_KEY,
    connectTimeoutMs: 20_000,
  })
  const openFolder = (): Promise<TestFolder> => {
    const prefix = randomUUID()
    const object = (name: string): { Bucket: string; Key: string } => ({ Bucket: bucket, Key: `${prefix}/${name}` })
    const names = async (): Promise<string[]> => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}/` }))
      return Contents.map(({ Key = '' }) => Key.slice(prefix.length + 1))
    }
    return Promise.resolve({
      config: configOf(prefix),
      write: async (name, content) => {
        await client.send(new PutObjectCommand({ ...object(name), Body: content }))
      },
      read: async (name) => {
        const { Body } = await client.send(new GetObjectCommand(object(name)))
        return Buffer.from((await Body?.transformToByteArray()) ?? [])
      },
      names,
      remove: async () => {
        for (const name of await names()) await client.send(new DeleteObjectCommand(object(name)))
      },
    })
  }
  return {
    openFolder,
    secrets: { secretKey: CANARY },
    wrongSecrets: { secretKey: `not ${CANARY}` },
    somewhere: configOf('any'),
    nowhere: configOf('any', 'there-is-none'),
  }
}
