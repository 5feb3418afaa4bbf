import type { SqlProblem } from '../../../contract/api/sql.ts'
import type { Column } from '../../../contract/column.ts'
import { describeFailure, type Failure, isFailure } from '../../../contract/failure.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { positioned } from '../../../duck/positioned.ts'
import { sql, trusted } from '../../../sql/sql.ts'
import { connectionSource } from '../connection-source.ts'
import type { HostContext } from '../context.ts'
import { datasetsOf, type NamedDataset } from './datasets.ts'
import { describeDatasets, openChecker, type SqlScope } from './described.ts'
import { parseStatement, type Statement } from './statement.ts'

export interface Checked {
  readonly problems: SqlProblem[]
  readonly columns?: Column[]
}

/** What is wrong with a statement, as far as can be known without its rows. */
export async function checkSql(
  context: HostContext,
  { sql: text, ...scope }: SqlScope & { readonly sql: string },
  signal?: AbortSignal,
): Promise<Checked> {
  if (text.trim() === '') return { problems: [] }
  let datasets: readonly NamedDataset[] = []
  try {
    const statement = await parsed(text)
    const { workspace } = await connectionSource(context, scope.environment)
    datasets = datasetsOf(statement.tables, workspace.connections.keys())
    const described = await describeDatasets(context, datasets, scope, signal)
    await using checker = await openChecker(described)
    return { problems: [], columns: await columnsOf(checker, statement.text) }
  } catch (error) {
    if (!isFailure(error) || isFailure(error, 'work.cancelled')) throw error
    return { problems: [problemOf(error, { text, datasets, context })] }
  }
}

async function parsed(text: string): Promise<Statement> {
  await using parser = await openDuck({ memoryLimitMb: 128, threads: 1, allowedDirectories: [] })
  return await parseStatement(parser, text)
}

const PREFIX = 'DESCRIBE SELECT * FROM ('

async function columnsOf(checker: Parameters<typeof parseStatement>[0], text: string): Promise<Column[]> {
  try {
    return await checker.columns(sql`SELECT * FROM (${trusted(text)}\n)`)
  } catch (error) {
    throw positioned(error, text, PREFIX)
  }
}

interface Place {
  readonly text: string
  readonly datasets: readonly NamedDataset[]
  readonly context: HostContext
}

/** A refusal that names a dataset is marked where the statement names it. */
function problemOf(error: Failure, { text, datasets, context }: Place): SqlProblem {
  const { detail } = error
  const { message: described } = describeFailure(error, context.language)
  const reason = 'reason' in detail && typeof detail.reason === 'string' ? detail.reason : undefined
  const message = isFailure(error, 'sql.invalid') && reason !== undefined ? reason : described
  const named =
    'dataset' in detail
      ? datasets.find(({ ref, name }) => detail.dataset === ref || detail.dataset === name)
      : undefined
  const start = 'position' in detail && typeof detail.position === 'number' ? detail.position : (named?.start ?? 0)
  const at = Math.min(Math.max(0, start), Math.max(0, text.length - 1))
  const word = /^(?:"(?:[^"]|"")*"|[\p{L}\p{N}_.]+|\S)/u.exec(text.slice(at))?.[0].length ?? 1
  const isWhole = named === undefined && !('position' in detail)
  return { message, severity: 'error', start: isWhole ? 0 : at, end: isWhole ? text.length : at + word }
}
