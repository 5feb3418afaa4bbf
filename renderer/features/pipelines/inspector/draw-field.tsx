import type { ReactNode } from 'react'
import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'
import { ExpressionField } from '../expression/ExpressionField.tsx'
import { ColumnField, ColumnsField } from './ColumnField.tsx'
import { DatasetField } from './DatasetField.tsx'
import type { DrawnField } from './drawn-field.ts'
import { InputField, InputsField } from './InputField.tsx'
import { QueryField } from './QueryField.tsx'

/** Fields by what their names mean in every kind of node. */
const EXPRESSIONS = new Set(['where', 'expr', 'when', 'condition'])
const ONE_COLUMN = new Set(['from', 'of', 'column'])
/** The two sides of a key of a join or a lookup. */
const KEY_COLUMN = /^on\.\d+\.(left|right)$/
const SEVERAL_COLUMNS = new Set(['keys', 'by', 'partitionBy', 'rows'])

/** Inputs, datasets, columns and expressions have editors that know the pipeline; other fields are drawn as their schema says. */
export function drawField(entry: NodeCatalogueEntry, field: DrawnField): ReactNode | undefined {
  const { path, value } = field
  const last = path.split('.').at(-1) ?? path
  const port = entry.inputs.find((one) => one.field === path)
  if (port?.takes === 'one') return <InputField {...field} />
  if (port?.takes === 'list' && (value === undefined || Array.isArray(value))) return <InputsField {...field} />
  if (port !== undefined) return undefined
  if (path === 'dataset') return <DatasetField {...field} />
  if (path === 'sql') return <QueryField {...field} />
  if (EXPRESSIONS.has(last)) return <ExpressionField {...field} />
  if ((ONE_COLUMN.has(last) || KEY_COLUMN.test(path)) && (value === undefined || typeof value === 'string'))
    return <ColumnField {...field} />
  if (SEVERAL_COLUMNS.has(path) && isTexts(value))
    return <ColumnsField {...field} canCompute={entry.kind === 'aggregate' && path === 'by'} />
  return undefined
}

function isTexts(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'))
}
