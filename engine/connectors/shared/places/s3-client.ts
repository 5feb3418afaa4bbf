import { Agent } from 'node:https'
import { S3Client } from '@aws-sdk/client-s3'
import type { S3Config } from './config.ts'
import type { PlaceRequest } from './place.ts'

const NOBODY = { accessKeyId: '', secretAccessKey: '' }
const ignore = (): void => undefined
/** What goes wrong reaches us as an error; the client would print it besides. */
const SILENT = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore }

/** Nothing is taken from the machine's own AWS settings: who reaches what is said by the connection alone. */
export async function s3Client(config: S3Config, { secret }: PlaceRequest): Promise<S3Client> {
  const { endpoint, region, pathStyle, accessKeyId, ca, connectTimeoutMs } = config
  const secretAccessKey = (await secret('secretKey'))?.reveal() ?? ''
  return new S3Client({
    region,
    forcePathStyle: pathStyle,
    // Stores of others refuse the newer checksums.
    logger: SILENT,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      ...(ca === undefined ? {} : { httpsAgent: new Agent({ ca }) }),
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId === undefined
      ? { credentials: NOBODY, signer: { sign: (request) => Promise.resolve(request) } }
      : { credentials: { accessKeyId, secretAccessKey } }),
  })
}
