import { X509Certificate } from 'node:crypto'
import { Failure } from '../../contract/failure.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/**
 * The certificates in a PEM text, and nothing else of it: a key that lies beside them is not kept.
 * @throws Failure `server.ca_invalid` for text without any, or with one that cannot be read or is of no authority
 */
export function authorityOf(pem: string): string {
  const certificates = pem.match(CERTIFICATE) ?? []
  if (certificates.length === 0) throw new Failure('server.ca_invalid', { reason: 'no certificate in it' })
  for (const certificate of certificates) requireAuthority(certificate)
  return `${certificates.join('\n')}\n`
}

function requireAuthority(certificate: string): void {
  let read: X509Certificate
  try {
    read = new X509Certificate(certificate)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('server.ca_invalid', { reason }, { cause: error })
  }
  // A server's own certificate may vouch for itself.
  if (!read.ca && read.issuer !== read.subject)
    throw new Failure('server.ca_invalid', { reason: `${read.subject} may vouch for nobody` })
}
