import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFileDurably } from '../../engine/os/durable-file.ts'
import { freePort } from '../../engine/testing/servers/free-port.ts'
import { startMariadb } from '../../engine/testing/servers/mariadb.ts'
import { startPostgres } from '../../engine/testing/servers/postgres.ts'
import type { ServerAddress } from '../../engine/testing/servers/server-address.ts'
import { printYaml } from '../../engine/workspace/write-yaml.ts'
import { type BenchRows, COLUMNS_SQL, writeRows } from './rows.ts'
import { shell } from './shell.ts'

export type Need = 'postgresql' | 'mariadb'

/** Where a bench happens: data files, servers, and a workspace that names them. */
export interface BenchSite extends AsyncDisposable {
  readonly directory: string
  readonly workspace: string
  readonly rows: BenchRows
  /** `psql …` with everything but the statement. */
  readonly psql: string
  /** `mariadb …` with everything but the statement. */
  readonly mariadb: string
  /** Environment of the commands: passwords never stand on a command line. */
  readonly environment: Readonly<Record<string, string>>
  readonly run: (command: string) => Promise<string>
}

const NO_SERVER: ServerAddress = { host: '127.0.0.1', port: 1, user: 'none', password: '' }

export async function openSite(needs: readonly Need[], rows: number): Promise<BenchSite> {
  const directory = await mkdtemp(join(tmpdir(), 'runnel-bench-'))
  await chmod(directory, 0o755)
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(directory, { recursive: true, force: true }))
  const pg = needs.includes('postgresql') ? await startPostgres({ directory: join(directory, 'pg') }) : undefined
  if (pg !== undefined) stack.defer(() => pg.stop())
  const maria = needs.includes('mariadb')
    ? await startMariadb({ directory: join(directory, 'maria'), port: await freePort() })
    : undefined
  if (maria !== undefined) stack.defer(() => maria.stop())
  const [pgAt, mariaAt] = [pg ?? NO_SERVER, maria ?? NO_SERVER]
  const environment = { PGPASSWORD: pgAt.password, MYSQL_PWD: mariaAt.password }
  const workspace = join(directory, 'workspace')
  await writeWorkspace(workspace, directory, { pg: pgAt, maria: mariaAt })
  const site = {
    directory,
    workspace,
    rows: await writeRows(directory, rows),
    psql: `psql -X -q -v ON_ERROR_STOP=1 -h ${pgAt.host} -p ${pgAt.port} -U ${pgAt.user} -d postgres`,
    mariadb: `mariadb --skip-ssl --local-infile=1 -h ${mariaAt.host} -P ${mariaAt.port} -u ${mariaAt.user} bench`,
    environment,
    run: (command: string) => shell(command, environment),
  }
  await fillServers(site, needs)
  const owned = stack.move()
  return { ...site, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

async function fillServers(site: Omit<BenchSite, typeof Symbol.asyncDispose>, needs: readonly Need[]): Promise<void> {
  if (needs.includes('postgresql')) {
    await site.run(
      `${site.psql} -c 'CREATE TABLE order_lines (${COLUMNS_SQL})' -c 'CREATE TABLE order_lines_copy (LIKE order_lines)'`,
    )
    await site.run(
      `${site.psql} -c "\\copy order_lines FROM '${site.rows.csv}' CSV HEADER" -c 'VACUUM ANALYZE order_lines'`,
    )
  }
  if (needs.includes('mariadb')) {
    const table = COLUMNS_SQL.replace('TIMESTAMP(6)', 'DATETIME(6)')
    await site.run(`${site.mariadb.replace(/ bench$/, '')} -e 'CREATE DATABASE IF NOT EXISTS bench'`)
    await site.run(
      `${site.mariadb} -e 'CREATE TABLE order_lines (${table}); CREATE TABLE order_lines_copy LIKE order_lines'`,
    )
    await site.run(`${site.mariadb} -e "${loadData(site.rows.csv, 'order_lines', 1)}"`)
  }
}

/** LOAD DATA of a CSV file with empty fields as NULL in the one column that has them. */
export function loadData(file: string, table: string, headerLines: number): string {
  const names = COLUMNS_SQL.split(/,\s+(?=[a-z_]+ [A-Z])/).map((column) => column.trim().split(' ')[0] ?? '')
  const columns = names.map((name) => (name === 'remark' ? '@remark' : name)).join(', ')
  return `LOAD DATA LOCAL INFILE '${file}' INTO TABLE ${table} CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\\"' IGNORE ${headerLines} LINES (${columns}) SET remark = NULLIF(@remark, '')`
}

async function writeWorkspace(
  workspace: string,
  directory: string,
  { pg, maria }: { readonly pg: ServerAddress; readonly maria: ServerAddress },
): Promise<void> {
  await mkdir(join(directory, 'out'), { recursive: true })
  const secret = (name: string): string => `\${env:${name}}`
  const at = ({ host, port, user }: ServerAddress) => ({ host, port, user })
  const connections = {
    pg: {
      kind: 'postgresql',
      settings: { ...at(pg), database: 'postgres', password: secret('PGPASSWORD'), tls: { mode: 'disable' } },
    },
    maria: { kind: 'mysql', settings: { ...at(maria), database: 'bench', password: secret('MYSQL_PWD'), tls: 'off' } },
    files: { kind: 'text', settings: { folder: directory } },
    lake: { kind: 'parquet', settings: { folder: directory } },
  }
  await writeFileDurably(join(workspace, 'runnel.yaml'), printYaml({ version: 1, name: 'bench' }))
  for (const [name, connection] of Object.entries(connections)) {
    await writeFileDurably(join(workspace, 'connections', `${name}.yaml`), printYaml({ version: 1, ...connection }))
  }
}
