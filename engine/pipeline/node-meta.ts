import type { Localized } from '../contract/localized.ts'
import type { FieldText } from '../contract/settings-form.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface InputMeta {
  /** The field of the config that names the output to read. */
  readonly field: string
  readonly title: Localized
  /** `one`: a text; `list`: several; `named`: a list, or names of their own. */
  readonly takes: 'one' | 'list' | 'named'
  readonly least: number
  /** Absent: as many as wanted. */
  readonly most?: number
}

/** What a person reads about a node type, and what a new one begins with. */
export interface NodeMeta {
  readonly title: Localized
  readonly description: Localized
  readonly inputs: readonly InputMeta[]
  /** By output; those that a config names itself only where the initial one has them. */
  readonly outputs: Readonly<Record<string, Localized>>
  /** By path in the config; lists and variants count for nothing in it: `fields.to`. */
  readonly fields: Readonly<Record<string, FieldText>>
  readonly initial: { readonly [key: string]: Json }
}

type Pair = readonly [en: string, zh: string]

export function said(en: string, zh: string): Localized {
  return { en, zh }
}

/** Title, description, and of an enumeration the title of each value. */
export function field(title: Pair, description: Pair, values?: Readonly<Record<string, Pair>>): FieldText {
  const enumTitles = Object.entries(values ?? {}).map(([value, [en, zh]]) => [value, { en, zh }] as const)
  return {
    titles: said(...title),
    descriptions: said(...description),
    ...(values === undefined ? {} : { enumTitles: Object.fromEntries(enumTitles) }),
  }
}

/** Fields every node has. */
export const baseFields = {
  type: field(['Type', '类型'], ['The kind of node.', '节点的类型。']),
  description: field(
    ['Description', '说明'],
    ['What this node is for, in your own words.', '用自己的话说明该节点的用途。'],
  ),
}

export const inputField = {
  ...baseFields,
  input: field(['Input', '输入'], ['The output this node reads.', '该节点读取的输出。']),
}

export const oneInputPort: readonly InputMeta[] = [
  { field: 'input', title: said('Input', '输入'), takes: 'one', least: 1, most: 1 },
]

export const mainOutputTitle = { out: said('Output', '输出') }
export const rejectsTitle = said('Rejects', '拒绝行')

/** A sort key under a field. */
export function orderFields(path: string, what: Pair): Record<string, FieldText> {
  return {
    [path]: field(what, ['Sort keys, the most important first.', '排序键，最重要的在前。']),
    [`${path}.column`]: field(['Column', '列'], ['The column to sort by.', '用于排序的列。']),
    [`${path}.expr`]: field(
      ['Expression', '表达式'],
      ['An expression to sort by, instead of a column.', '用表达式代替列进行排序。'],
    ),
    [`${path}.direction`]: field(['Direction', '方向'], ['Which values come first.', '哪些值在前。'], {
      asc: ['Ascending', '升序'],
      desc: ['Descending', '降序'],
    }),
    [`${path}.nulls`]: field(['NULLs', '空值'], ['Where rows without a value go.', '没有值的行排在何处。'], {
      first: ['First', '最前'],
      last: ['Last', '最后'],
    }),
  }
}

/** Key pairs under a field. */
export function keyFields(path: string, description: Pair): Record<string, FieldText> {
  return {
    [path]: field(['Keys', '关联键'], description),
    [`${path}.left`]: field(['Left column', '左侧列'], ['Column of the first input.', '第一个输入中的列。']),
    [`${path}.right`]: field(['Right column', '右侧列'], ['Column of the second input.', '第二个输入中的列。']),
  }
}
