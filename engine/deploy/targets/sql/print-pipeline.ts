import type { CompiledPipeline, CompiledTarget } from '../../../pipeline/compiled.ts'
import { statementFor } from '../../../pipeline/statement.ts'
import { duckDialect } from '../../../sql/dialects.ts'
import { id, printSql } from '../../../sql/sql.ts'

/**
 * A compiled pipeline as a DuckDB script: what it expects to be there, then one SELECT for each target.
 *
 * The sources are relations named as their nodes, with the columns listed; loading the rows into a target is left to the reader.
 */
export function printPipeline(pipeline: CompiledPipeline): string {
  const sources = pipeline.sources.flatMap(({ node, dataset, columns = [] }) => [
    comment(`Source ${quoted(node)}: ${dataset}`),
    ...columns.map(({ name, type }) => comment(`  ${quoted(name)} ${type}`)),
  ])
  const targets = pipeline.targets.map(
    (target) => `${describeTarget(target)}\n${printSql(statementFor(pipeline, target.input), duckDialect)};`,
  )
  const heading = comment(`Pipeline ${pipeline.name}, compiled to DuckDB SQL by Runnel.`)
  return `${[[heading, ...sources].join('\n'), ...targets].join('\n\n')}\n`
}

function describeTarget({ node, dataset, mode, keys }: CompiledTarget): string {
  const by = keys.length === 0 ? '' : `, keys ${keys.map(quoted).join(', ')}`
  return comment(`Target ${quoted(node)}: ${dataset}, mode ${mode}${by}`)
}

/** One line whatever the text holds: a line break in a name would otherwise end the comment and start SQL. */
function comment(text: string): string {
  return `-- ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`
}

function quoted(name: string): string {
  return printSql(id(name), duckDialect)
}
