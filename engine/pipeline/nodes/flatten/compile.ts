import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { computedFrom, direct } from '../../lineage-of-node.ts'
import { duplicateName, visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { as, hiddenColumns } from '../../select-list.ts'
import { structFields } from '../../struct-type.ts'
import type { FlattenConfig } from './config.ts'

interface Leaf {
  readonly path: readonly string[]
  readonly value: Sql
}

/** The fields stand where their column stood, in the type's order. Fields of a NULL struct are NULL. */
export function compileFlatten({ config, input, column, report }: CompileInput<FlattenConfig>): NodeOutput[] {
  const shown = visible(input.columns)
  const chosen = new Set(
    config.columns?.map((name, i) => {
      const found = column(`columns.${i}`, name)
      if (structFields(found.type) === undefined) {
        report({ code: 'node.config_invalid', detail: { field: `columns.${i}`, reason: `${found.name} is no STRUCT` } })
      }
      return found.name
    }) ?? shown.map(({ name }) => name),
  )
  const pieces = shown.flatMap(({ name, type }) => {
    const isOpened = chosen.has(name) && structFields(type) !== undefined
    if (!isOpened) return [{ to: name, value: id(name), origins: direct(input, name) }]
    return leaves({ path: [name], value: id(name) }, type, config.depth).map(({ path, value }) => ({
      to: config.prefix === 'path' ? path.join(config.separator) : (path.at(-1) ?? name),
      value,
      origins: computedFrom(input, [name]),
    }))
  })
  const twice = duplicateName(pieces.map(({ to }) => to))
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'prefix', name: twice } })
  const list = [...pieces.map(({ value, to }) => as(value, to)), ...hiddenColumns(input.columns)]
  return [
    {
      name: 'out',
      relation: sql`SELECT ${join(list)} FROM ${input.sql}`,
      lineage: { columns: new Map(pieces.map(({ to, origins }) => [to, origins])), influences: [] },
    },
  ]
}

function leaves(at: Leaf, type: string, depth: number): Leaf[] {
  const fields = depth === 0 ? undefined : structFields(type)
  if (fields === undefined) return [at]
  return fields.flatMap((field) =>
    leaves(
      { path: [...at.path, field.name], value: sql`struct_extract(${at.value}, ${literal(field.name)})` },
      field.type,
      depth - 1,
    ),
  )
}
