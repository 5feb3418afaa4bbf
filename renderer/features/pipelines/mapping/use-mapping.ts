import { useMemo } from 'react'
import type { Column } from '../../../../engine/contract/column.ts'
import type { Cell } from '../../../../engine/contract/page.ts'
import { withNode } from '../document/edits.ts'
import { useColumns, useEditor, useNode } from '../document/use-editor.ts'
import { firstInput } from '../preview/upstream.ts'
import { usePreview } from '../preview/use-preview.ts'
import { fieldsOf, type MapField } from './fields.ts'

export interface Mapping {
  readonly fields: readonly MapField[]
  /** Of the input; empty while they are not known. */
  readonly columns: readonly Column[]
  /** The output that is read; undefined while the node is not connected. */
  readonly input: string | undefined
  /** Types of the fields by name, as far as they are known. */
  readonly types: ReadonlyMap<string, string>
  /** One step of undo; quick changes of one `group` are one. */
  readonly change: (recipe: (fields: readonly MapField[]) => readonly MapField[], group?: string) => void
}

const NO_COLUMNS: readonly Column[] = []

/** What a map node has and gets, and how it is changed. */
export function useMapping(node: string): Mapping {
  const { editor, catalogue } = useEditor()
  const config = useNode(node)
  const input = firstInput(config, catalogue)
  const given = useColumns(input)
  const made = useColumns(node)
  const fields = useMemo(() => fieldsOf(config), [config])
  const columns = useMemo(() => given?.filter(({ hidden }) => hidden !== true) ?? NO_COLUMNS, [given])
  const types = useMemo(() => new Map(made?.map(({ name, type }) => [name, type])), [made])
  return {
    fields,
    columns,
    input,
    types,
    change: (recipe, group) =>
      editor.change((document) => {
        const current = document.nodes[node]
        if (current === undefined) return document
        const before = fieldsOf(current)
        const after = recipe(before)
        return after === before ? document : withNode(document, node, { ...current, fields: after })
      }, group),
  }
}

/** Values of one row by column; `rowCount` of those that were read. */
export interface RowValues {
  readonly values: ReadonlyMap<string, Cell>
  readonly rowCount: number
}

const NO_VALUES: RowValues = { values: new Map(), rowCount: 0 }

/** One row of an output, for the values beside its columns. The last one stays while the next is asked. */
export function useRowValues(output: string, row: number): RowValues {
  const preview = usePreview(output)
  const shown = preview.state === 'ready' ? preview.data : undefined
  return useMemo(() => {
    const cells = shown?.rows[row]
    if (shown === undefined || cells === undefined) return { ...NO_VALUES, rowCount: shown?.rows.length ?? 0 }
    return {
      values: new Map(shown.columns.map(({ name }, index) => [name, cells[index] ?? null])),
      rowCount: shown.rows.length,
    }
  }, [shown, row])
}
