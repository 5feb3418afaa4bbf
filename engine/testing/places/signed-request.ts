import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/([^/]+)\/s3\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/

/**
 * Whether a request is signed with this secret, by AWS Signature Version 4: recomputed from the request as it arrived, with the path
 * encoded once, as S3 wants it.
 */
export function isSigned({ method = '', url = '', headers }: IncomingMessage, secret: string): boolean {
  const [, , scope = '', region = '', names = '', signature = ''] = FORM.exec(headers.authorization ?? '') ?? []
  const [path = '', query = ''] = url.split('?', 2)
  const signed = names.split(';').map(
    (name) =>
      `${name}:${String(headers[name] ?? '')
        .trim()
        .replace(/\s+/g, ' ')}\n`,
  )
  const parameters = query.split('&').map((pair) => (pair === '' || pair.includes('=') ? pair : `${pair}=`))
  const payload = String(headers['x-amz-content-sha256'])
  const canonical = [method, path, parameters.toSorted().join('&'), signed.join(''), names, payload].join('\n')
  const time = String(headers['x-amz-date'])
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = [time.slice(0, 8), region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`)
  return signature !== '' && hmac(key, text).toString('hex') === signature
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
