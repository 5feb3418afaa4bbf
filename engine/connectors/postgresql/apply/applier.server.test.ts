import { inject } from 'vitest'
import { Secret } from '../../../base/secret.ts'
import { describeChangeApplier } from '../../../testing/conformance/describe-change-applier.ts'
import { createTestDatabase } from '../../../testing/servers/test-database.ts'
import { postgresConfigSchema } from '../config.ts'
import { postgresql } from '../connector.ts'

const server = inject('postgres')

describeChangeApplier('PostgreSQL', {
  openSite: async () => {
    const database = await createTestDatabase(server)
    const { host, port, user } = server
    const session = await postgresql.open({
      name: 'pg',
      config: postgresConfigSchema.parse({ host, port, user, database: database.name, tls: { mode: 'disable' } }),
      baseDirectory: '/',
      secret: () => Promise.resolve(new Secret(server.password)),
    })
    return {
      session,
      query: (text) => database.query(text),
      async [Symbol.asyncDispose]() {
        await session[Symbol.asyncDispose]()
        await database[Symbol.asyncDispose]()
      },
    }
  },
  cells: [
    [{ type: 'BOOLEAN' }, 't', 't'],
    [{ type: 'TINYINT' }, '-128', '-128'],
    [{ type: 'UBIGINT' }, '18446744073709551615', '18446744073709551615'],
    [{ type: 'HUGEINT' }, '-170141183460469231731687303715884105728', '-170141183460469231731687303715884105728'],
    [{ type: 'FLOAT' }, '0.10000000149011612', '0.1'],
    [{ type: 'DOUBLE' }, '1.7976931348623157e+308', '1.7976931348623157e+308'],
    [{ type: 'BLOB' }, '\\\\x00ff5c27', '\\x00ff5c27'],
    [{ type: 'DATE' }, '0044-03-15 BC', '0044-03-15 BC'],
    [{ type: 'TIME' }, '24:00:00', '24:00:00'],
    [{ type: 'TIMESTAMP' }, '2024-02-29 23:59:59.500000', '2024-02-29 23:59:59.5'],
    [{ type: 'INTERVAL' }, '-1 years -2 mons +3 days -04:05:06.000001', '-1 years -2 mons +3 days -04:05:06.000001'],
    [{ type: 'UUID' }, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    [{ type: 'JSON' }, '{"a": "\\\\u6797"}', '{"a": "\\u6797"}'],
    [{ type: 'INTEGER[]' }, '{1,NULL,3}', '{1,NULL,3}'],
    [{ type: 'VARCHAR' }, 'tab\\t \\\\N "q" \\r\\n 😀 ', 'tab\t \\N "q" \r\n 😀 '],
    [{ type: 'VARCHAR' }, '', ''],
  ],
  refused: [
    [{ type: 'BOOLEAN' }, 'maybe'],
    [{ type: 'DATE' }, '2024-02-30'],
    [{ type: 'BIGINT' }, '9223372036854775808'],
    [{ type: 'VARCHAR' }, 'nul \\000'],
  ],
})
