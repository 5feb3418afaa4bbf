import { useMemo } from 'react'
import type { Column } from '../../../../engine/contract/column.ts'
import type { Cell, Page } from '../../../../engine/contract/page.ts'
import { withNode } from '../document/edits.ts'
import { useColumns, useEditor, useNode } from '../document/use-editor.ts'
import { placesBefore } from '../preview/align.ts'
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

export type RowValues = ReadonlyMap<string, Cell>

/** One row of the result and the row of the input that it was. The last ones stay while the next are asked. */
export interface MappedRow {
  readonly before: RowValues
  readonly after: RowValues
  /** Rows that can be chosen. */
  readonly rowCount: number
}

/** While the node has no rows, because something in it is wrong, the input's are counted and shown. */
export function useMappedRow(node: string, input: string, row: number): MappedRow {
  const config = useNode(node)
  const given = usePreview(input)
  const made = usePreview(node)
  const before = given.state === 'ready' && given.data.output === input ? given.data : undefined
  const after = made.state === 'ready' && made.data.output === node ? made.data : undefined
  const places = useMemo(
    () => (before === undefined || after === undefined ? undefined : placesBefore(config, before, after)),
    [config, before, after],
  )
  return useMemo(() => {
    const place = places === undefined ? row : places[row]
    return {
      before: valuesOf(before, place),
      after: valuesOf(after, row),
      rowCount: (after ?? before)?.rows.length ?? 0,
    }
  }, [places, before, after, row])
}

function valuesOf(page: Page | undefined, row: number | undefined): RowValues {
  const cells = row === undefined ? undefined : page?.rows[row]
  return new Map(cells === undefined ? [] : page?.columns.map(({ name }, index) => [name, cells[index] ?? null]))
}
