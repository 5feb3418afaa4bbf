import { inject } from 'vitest'
import { writeModeSchema } from '../../contract/write-mode.ts'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import { MARIADB_TYPES } from '../../testing/mysql/mariadb-types.ts'
import { isColumnName, mysqlRequest, openMysqlSite } from '../../testing/mysql/mysql-site.ts'
import { mysql } from './connector.ts'

const server = inject('mariadb')
const canary = server.password

describeConnector('mysql', {
  connector: mysql,
  openSite: () => openMysqlSite(server),
  modes: writeModeSchema.options,
  types: MARIADB_TYPES,
  unavailable: { request: mysqlRequest({ ...server, port: 1 }) },
  unauthorized: mysqlRequest(server, { user: 'nobody' }),
  canary,
  refusesColumnName: (name) => !isColumnName(name),
})
