import type { ConnectionOptions } from 'node:tls'
import type { ClientConfig } from 'pg'
import type { Secret } from '../../../base/secret.ts'
import type { PostgresConfig } from '../config.ts'

/** How to reach the server; the password is asked for each time. */
export interface PostgresAccess {
  readonly name: string
  readonly config: PostgresConfig
  readonly password: () => Promise<Secret | undefined>
}

/** What every connection to the server is opened with. */
export async function clientConfig({ config, password }: PostgresAccess): Promise<ClientConfig> {
  const secret = await password()
  return {
    host: config.host,
    port: config.port,
    database: config.database,
    user: config.user,
    password: secret?.reveal() ?? '',
    ssl: tlsOptions(config),
    application_name: config.applicationName,
    connectionTimeoutMillis: config.connectTimeoutMs,
  }
}

function tlsOptions({ host, tls }: PostgresConfig): ConnectionOptions | false {
  if (tls.mode === 'disable') return false
  const ca = tls.ca === undefined ? {} : { ca: tls.ca }
  switch (tls.mode) {
    case 'verify-full':
      // The name is checked against `host`; the driver itself gives no name for an IP address.
      return { ...ca, host, rejectUnauthorized: true }
    case 'verify-ca':
      return { ...ca, rejectUnauthorized: true, checkServerIdentity: () => undefined }
    case 'require':
      return { rejectUnauthorized: false }
  }
}
