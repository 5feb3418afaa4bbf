import { lookup } from 'node:dns/promises'
import type { DiagnosisSteps } from '../staged-diagnosis.ts'
import type { PlaceConfig } from './config.ts'
import { reachPort } from './reach-port.ts'

/** The stages of a place before its files are looked at. The key or certificate of the server is checked with the login, in one exchange. */
export function diagnosePlace(config: PlaceConfig, source: string, open: () => Promise<void>): DiagnosisSteps {
  const { host, port } = addressOf(config)
  return {
    dns: async () => (await lookup(host, { all: true })).map(({ address }) => address).join(', '),
    tcp: () => reachPort(source, { host, port, connectTimeoutMs: config.connectTimeoutMs }),
    tls: () => Promise.resolve(protectionOf(config)),
    authentication: async () => {
      await open()
      return 'the login was accepted'
    },
  }
}

function protectionOf(config: PlaceConfig): string {
  switch (config.kind) {
    case 'sftp':
      return 'SSH; the key of the server is checked at the login'
    case 'ftp':
      return config.encryption === 'none'
        ? 'off by the settings: the password and the files travel in clear'
        : 'TLS; the certificate is checked at the login'
    case 's3':
      return config.endpoint?.startsWith('http:') === true
        ? 'off by the settings: the files travel in clear'
        : 'TLS; the certificate is checked at the login'
    default:
      return config satisfies never
  }
}

function addressOf(config: PlaceConfig): { readonly host: string; readonly port: number } {
  if (config.kind !== 's3') return config
  const { protocol, hostname, port } = new URL(config.endpoint ?? `https://s3.${config.region}.amazonaws.com`)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port),
  }
}
