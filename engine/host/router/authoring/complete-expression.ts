import type { ExpressionCompletion } from '../../../contract/api/authoring.ts'
import { cellText } from '../../../contract/cell-text.ts'
import type { Column } from '../../../contract/column.ts'
import type { PipelineFile } from '../../../contract/pipeline-file.ts'
import type { Duck } from '../../../duck/duck.ts'
import { isAllowedFunction } from '../../../pipeline/expression/functions.ts'
import { sql } from '../../../sql/sql.ts'
import { quoted, typedAt } from '../sql/complete.ts'

export interface FunctionFact {
  readonly name: string
  /** `(text, separator) → VARCHAR` */
  readonly signature: string
  readonly description: string
}

export interface CompletionScope {
  readonly columns: readonly Column[]
  readonly parameters: NonNullable<PipelineFile['parameters']>
  readonly functions: readonly FunctionFact[]
}

const KEYWORDS =
  'case when then else end and or not is null in between like ilike cast try_cast as true false interval'.split(' ')
const TYPES =
  'VARCHAR BIGINT INTEGER DOUBLE DECIMAL(18,2) BOOLEAN DATE TIMESTAMP TIMESTAMPTZ TIME UUID BLOB JSON'.split(' ')
const MOST = 100

/** What may be typed at an offset of an expression: columns first, then parameters, functions, keywords; after a cast, types. */
export function completeExpression(text: string, offset: number, scope: CompletionScope): ExpressionCompletion[] {
  const at = Math.min(offset, text.length)
  if (isInText(text.slice(0, at))) return []
  const dollar = /\$([\p{L}\p{N}_]*)$/u.exec(text.slice(0, at))
  if (dollar !== null) return parametersFor(scope, dollar[1] ?? '', at - dollar[0].length)
  const { word, start } = typedAt(text, at)
  const before = text.slice(0, start)
  if (/(::|\bas)\s*$/i.test(before))
    return ranked(
      word,
      TYPES.map((type) => ({ label: type, insert: type, start, kind: 'type' })),
    )
  return ranked(word, [
    ...scope.columns.map(
      ({ name, type, comment }): ExpressionCompletion => ({
        label: name,
        insert: quoted(name),
        start,
        kind: 'column',
        detail: type,
        ...(comment === undefined || comment === '' ? {} : { description: comment }),
      }),
    ),
    ...(text[start] === '"' ? [] : unquoted(scope, start)),
  ])
}

function unquoted(scope: CompletionScope, start: number): ExpressionCompletion[] {
  return [
    ...parametersFor(scope, '', start),
    ...scope.functions.map(
      ({ name, signature, description }): ExpressionCompletion => ({
        label: name,
        insert: `${name}(`,
        start,
        kind: 'function',
        detail: signature,
        ...(description === '' ? {} : { description }),
      }),
    ),
    ...KEYWORDS.map((label): ExpressionCompletion => ({ label, insert: label, start, kind: 'keyword' })),
  ]
}

function parametersFor({ parameters }: CompletionScope, word: string, start: number): ExpressionCompletion[] {
  return Object.entries(parameters)
    .filter(([name]) => name.toLowerCase().startsWith(word.toLowerCase()))
    .map(([name, { type, description }]) => ({
      label: `$${name}`,
      insert: `$${name}`,
      start,
      kind: 'parameter' as const,
      detail: type,
      ...(description === undefined ? {} : { description }),
    }))
}

/** What begins with the word before what only has it inside; otherwise in the order given. */
function ranked(word: string, found: readonly ExpressionCompletion[]): ExpressionCompletion[] {
  const wanted = word.toLowerCase()
  const place = ({ label, kind }: ExpressionCompletion): number => {
    const name = kind === 'parameter' ? label.slice(1) : label
    return name.toLowerCase().indexOf(wanted)
  }
  return found
    .filter((one) => place(one) >= 0)
    .toSorted((a, b) => Number(place(a) > 0) - Number(place(b) > 0))
    .slice(0, MOST)
}

/** Whether a text literal or a comment is still open. */
function isInText(before: string): boolean {
  const rest = before.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*\n|\/\*[\s\S]*?\*\//g, '')
  return /^[^"]*'/.test(rest) || /--[^\n]*$/.test(rest) || rest.includes('/*')
}

/** Every function that an expression may call, by name. */
export async function expressionFunctions(duck: Duck): Promise<FunctionFact[]> {
  const { rows } = await duck.rows(sql`
    SELECT function_name, first('(' || array_to_string(parameters, ', ') || ') → ' || coalesce(return_type, '') ORDER BY len(parameters)),
      coalesce(first(description ORDER BY len(parameters)), '')
    FROM duckdb_functions() WHERE function_type IN ('scalar', 'macro') AND regexp_full_match(function_name, '[a-z][a-z0-9_]*')
    GROUP BY function_name ORDER BY function_name`)
  return rows
    .map(([name, signature, description]) => ({
      name: cellText(name),
      signature: cellText(signature),
      description: cellText(description),
    }))
    .filter(({ name }) => isAllowedFunction(name))
}
