import { inject } from 'vitest'
import { trusted } from '../../../sql/sql.ts'
import { describeChangeApplier } from '../../../testing/conformance/describe-change-applier.ts'
import { openMysqlSite } from '../../../testing/mysql/mysql-site.ts'
import { mysql } from '../connector.ts'

const server = inject('mariadb')

describeChangeApplier('MariaDB', {
  openSite: async () => {
    const site = await openMysqlSite(server)
    const session = await mysql.open(site.request)
    return {
      session,
      query: (text) => site.run(trusted(text)),
      async [Symbol.asyncDispose]() {
        await session[Symbol.asyncDispose]()
        await site[Symbol.asyncDispose]()
      },
    }
  },
  cells: [
    [{ type: 'BOOLEAN' }, 't', '1'],
    [{ type: 'BOOLEAN' }, 'f', '0'],
    [{ type: 'UBIGINT' }, '18446744073709551615', '18446744073709551615'],
    [{ type: 'HUGEINT' }, '-170141183460469231731687303715884105728', '-170141183460469231731687303715884105728'],
    [
      { type: 'DECIMAL(38,10)' },
      '-1234567890123456789012345678.0123456789',
      '-1234567890123456789012345678.0123456789',
    ],
    [{ type: 'FLOAT' }, '3.4028235e+38', '3.40282e38'],
    [{ type: 'DOUBLE' }, '5e-324', '5e-324'],
    [{ type: 'BLOB' }, '\\\\x00ff5c27', "\0\ufffd\\'"],
    [{ type: 'DATE' }, '2024-02-29', '2024-02-29'],
    [{ type: 'TIME' }, '23:59:59.999999', '23:59:59.999999'],
    [{ type: 'TIMESTAMP' }, '2024-02-29 23:59:59.5', '2024-02-29 23:59:59.500000'],
    [{ type: 'TIMESTAMP WITH TIME ZONE' }, '2024-01-01 19:04:05.000006+00', '2024-01-01 19:04:05.000006'],
    [{ type: 'INTERVAL' }, '-1 years -2 mons +3 days -04:05:06.000001', '-1 year -2 months 3 days -04:05:06.000001'],
    [{ type: 'UUID' }, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    [{ type: 'JSON' }, '{"a": "\\\\u6797 \\\\\\\\ \\\\n"}', '{"a": "\\u6797 \\\\ \\n"}'],
    [{ type: 'DECIMAL(19,2)', sourceType: 'money' }, '-$1,234.50', '-1234.50'],
    [{ type: 'INTEGER[]' }, '{1,NULL,3}', '[1,null,3]'],
    [{ type: 'VARCHAR[]' }, '{"a\\\\"b","c\\\\\\\\d","",NULL,"NULL",汇}', '["a\\"b","c\\\\d","",null,"NULL","汇"]'],
    [{ type: 'DECIMAL(10,2)[]' }, '{1.50,20.00}', '[1.5,20]'],
    [{ type: 'VARCHAR' }, 'tab\\t \\\\N "q" \\r\\n 😀 ', 'tab\t \\N "q" \r\n 😀 '],
    [{ type: 'VARCHAR' }, '', ''],
  ],
  refused: [
    [{ type: 'DATE' }, 'infinity'],
    [{ type: 'DATE' }, '0044-03-15 BC'],
    [{ type: 'TIMESTAMP WITH TIME ZONE' }, '2040-01-01 00:00:00+00'],
    [{ type: 'TIMESTAMP WITH TIME ZONE' }, '2024-01-01 00:00:00+08'],
    [{ type: 'DOUBLE' }, 'NaN'],
    [{ type: 'BOOLEAN' }, 'maybe'],
    [{ type: 'INTEGER[]' }, '{{1,2},{3,4}}'],
    [{ type: 'DECIMAL(4,2)' }, '1.239'],
    [{ type: 'TIMESTAMP' }, '2024-01-01 00:00:00.001', 'datetime'],
    [{ type: 'TIMESTAMP WITH TIME ZONE' }, '2024-01-01 00:00:00.123456+00', 'timestamp(3) NULL'],
    [{ type: 'DECIMAL(10,4)' }, '1.2345', 'decimal(10,2)'],
    [{ type: 'VARCHAR' }, 'longer', 'varchar(5)'],
    [{ type: 'BIGINT' }, '128', 'tinyint'],
    [{ type: 'TIME' }, '24:00:00.0000001'],
  ],
})
