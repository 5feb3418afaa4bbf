import { inject } from 'vitest'
import { trusted } from '../../../sql/sql.ts'
import { describeChangeSource } from '../../../testing/conformance/describe-change-source.ts'
import { MARIADB_TYPES } from '../../../testing/mysql/mariadb-types.ts'
import { openMysqlSite } from '../../../testing/mysql/mysql-site.ts'
import { mysql } from '../connector.ts'

const server = inject('mariadb')

describeChangeSource('MariaDB', {
  openSite: async () => {
    const site = await openMysqlSite(server)
    const session = await mysql.open(site.request)
    return {
      session,
      run: async (...statements) => {
        let rows: (string | null)[][] = []
        for (const statement of statements) rows = await site.run(trusted(statement))
        return rows
      },
      dataset: (table) => `${site.database}.${table}`,
      text: (value) => `'${value.replaceAll('\\', '\\\\')}'`,
      series: (count) => `(SELECT seq AS i FROM seq_1_to_${count}) s`,
      async [Symbol.asyncDispose]() {
        await session[Symbol.asyncDispose]()
        await site[Symbol.asyncDispose]()
      },
    }
  },
  tellWholeRows: () => [],
  retype: 'ALTER TABLE t MODIFY COLUMN amount double',
  types: MARIADB_TYPES,
  gone: '00000000:0000000001:000000000004:00000000',
})
