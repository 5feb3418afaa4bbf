import { defineConnector, type OpenRequest } from '../api/connector.ts'
import type { Session } from '../api/session.ts'
import { type MysqlConfig, mysqlConfigSchema, mysqlSourceSchema, mysqlTargetSchema } from './config.ts'
import { type MysqlAccess, MysqlConnection } from './connection/mysql-connection.ts'
import { diagnoseMysql } from './diagnose.ts'
import { mysqlForm } from './form.ts'
import { MysqlSession } from './session.ts'

/** MySQL 5.7 and newer, MariaDB 10.5 and newer, and what speaks their protocol. */
export const mysql = defineConnector<MysqlConfig>({
  kind: 'mysql',
  title: { en: 'MySQL, MariaDB', zh: 'MySQL、MariaDB' },
  form: mysqlForm,
  config: mysqlConfigSchema,
  secrets: ['password'],
  source: mysqlSourceSchema,
  target: mysqlTargetSchema,
  open: openSession,
  diagnose: (request) => diagnoseMysql(request.config, accessOf(request)),
})

async function openSession(request: OpenRequest<MysqlConfig>): Promise<Session> {
  const access = accessOf(request)
  return new MysqlSession(access, await MysqlConnection.open(access))
}

function accessOf({ name, config, secret }: OpenRequest<MysqlConfig>): MysqlAccess {
  return { name, config, password: () => secret('password') }
}
