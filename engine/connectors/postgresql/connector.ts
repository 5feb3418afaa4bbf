import { defineConnector, type OpenRequest } from '../api/connector.ts'
import type { Session } from '../api/session.ts'
import { type PostgresConfig, postgresConfigSchema, postgresSourceSchema, postgresTargetSchema } from './config.ts'
import type { PostgresAccess } from './connection/client-config.ts'
import { PostgresConnection } from './connection/postgres-connection.ts'
import { diagnosePostgres } from './diagnose.ts'
import { postgresqlForm } from './form.ts'
import { PostgresSession } from './session.ts'

/** PostgreSQL 12 and newer, and the databases that speak its protocol. */
export const postgresql = defineConnector<PostgresConfig>({
  kind: 'postgresql',
  title: { en: 'PostgreSQL', zh: 'PostgreSQL' },
  form: postgresqlForm,
  config: postgresConfigSchema,
  secrets: ['password'],
  source: postgresSourceSchema,
  target: postgresTargetSchema,
  open: openSession,
  diagnose: (request) => diagnosePostgres(accessOf(request)),
})

async function openSession(request: OpenRequest<PostgresConfig>): Promise<Session> {
  const access = accessOf(request)
  return new PostgresSession(access, await PostgresConnection.open(access, { signal: request.signal }))
}

function accessOf({ name, config, secret }: OpenRequest<PostgresConfig>): PostgresAccess {
  return { name, config, password: () => secret('password') }
}
