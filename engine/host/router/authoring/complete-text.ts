import { z } from 'zod'
import type { TextCompletion, TextHover } from '../../../contract/api/authoring.ts'
import { type Language, localizedSchema } from '../../../contract/localized.ts'
import { placeAt, placeOfCaret, type TextPlace } from './text-place.ts'
import { kindAt, objectOf, type SchemaPart, schemasAt, valueAt } from './text-schema.ts'

/** What only the workspace knows; asked where it is needed. */
export interface TextNames {
  /** References of datasets that begin with a text: connections while there is no colon, then their datasets. */
  readonly datasets: (beginning: string) => Promise<readonly { readonly name: string; readonly detail?: string }[]>
  /** Columns of what the node reads first. */
  readonly columns: (
    node: string,
    root: unknown,
  ) => Promise<readonly { readonly name: string; readonly type: string }[]>
}

export interface TextQuestion {
  readonly text: string
  readonly offset: number
  readonly language: Language
}

const MOST = 200
/** Fields that name columns, in every kind of node. */
const COLUMN_FIELDS = new Set(['from', 'of', 'column', 'columns', 'keys', 'by', 'partitionBy', 'left', 'right'])

/** What may be typed at an offset of a pipeline's text, best first: fields, kinds, values, nodes, datasets, columns. */
export async function completeText(
  { text, offset, language }: TextQuestion,
  names: TextNames,
): Promise<TextCompletion[]> {
  const place = placeOfCaret(text, offset)
  if (place === undefined) return []
  const found = await candidates(place, language, names)
  const wanted = place.word.toLowerCase()
  const at = { start: place.start, end: place.end }
  return found
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .toSorted(
      (a, b) => Number(b.label.toLowerCase().startsWith(wanted)) - Number(a.label.toLowerCase().startsWith(wanted)),
    )
    .slice(0, MOST)
    .map((one) => ({
      ...one,
      ...at,
      insert: one.kind === 'field' && hasColon(text, place.end) ? one.label : one.insert,
    }))
}

/** What stands at an offset of a pipeline's text: what a field is for, what a kind of node does. */
export function hoverText({ text, offset, language }: TextQuestion): TextHover | undefined {
  const place = placeAt(text, offset)
  if (place?.entry === undefined) return undefined
  const { start, end, path, entry, root } = place
  const kind = kindAt([...path, entry], root)
  const isKind = path.length === 2 && entry === 'type' && place.role === 'value'
  if (kind !== undefined && (isKind || (path.length === 1 && place.role === 'key'))) {
    return { start, end, title: kind.title[language], text: kind.description[language] }
  }
  for (const schema of schemasAt([...path, entry], root)) {
    const title = textOf(schema['titles'], language)
    if (title !== undefined)
      return { start, end, title, text: textOf(schema['descriptions'], language) ?? '', type: typeOf(schema) }
  }
  return undefined
}

type Candidate = Omit<TextCompletion, 'start' | 'end'>

async function candidates(place: TextPlace, language: Language, names: TextNames): Promise<Candidate[]> {
  const { path, entry, role, root } = place
  if (entry === undefined) return fieldsOf([], root, language)
  if (role === 'key') {
    const fields = fieldsOf(path, root, language)
    // Alone on its line a word may be an entry, or the value of the line before.
    return fields.length > 0 ? fields : valuesOf(path, place, language, names)
  }
  const values = await valuesOf([...path, entry], place, language, names)
  return values.length > 0 ? values : fieldsOf([...path, entry], root, language)
}

function fieldsOf(path: TextPlace['path'], root: unknown, language: Language): Candidate[] {
  const present = objectOf(valueAt(root, path))
  const found = new Map<string, Candidate>()
  for (const schema of schemasAt(path, root)) {
    for (const [label, property] of Object.entries(objectOf(schema['properties']))) {
      if (label in present || found.has(label)) continue
      const part = objectOf(property)
      const detail = textOf(part['titles'], language)
      const description = textOf(part['descriptions'], language)
      found.set(label, { label, insert: `${label}: `, kind: 'field', ...said(detail, description) })
    }
  }
  return [...found.values()]
}

async function valuesOf(
  path: TextPlace['path'],
  { word, root }: TextPlace,
  language: Language,
  names: TextNames,
): Promise<Candidate[]> {
  const kind = kindAt(path, root)
  const field = path.findLast((step) => typeof step === 'string')
  const node = String(path[1])
  if (kind !== undefined && path.length > 2 && kind.inputs.some((port) => port.field === path[2])) {
    return outputsIn(root, node, language)
  }
  if (path.length === 3 && path[2] === 'dataset') {
    const found = await names.datasets(word)
    return found.map(({ name, detail }) => ({ label: name, insert: name, kind: 'dataset', ...said(detail) }))
  }
  const constants = schemasAt(path, root).flatMap((schema) => constantsOf(schema, language))
  if (constants.length > 0 || kind === undefined || !COLUMN_FIELDS.has(String(field))) return constants
  const columns = await names.columns(node, root)
  return columns.map(({ name, type }) => ({ label: name, insert: scalar(name), kind: 'column', detail: type }))
}

function constantsOf(schema: SchemaPart, language: Language): Candidate[] {
  const titles = objectOf(schema['enumTitles'])
  const listed = Array.isArray(schema['enum']) ? schema['enum'] : 'const' in schema ? [schema['const']] : []
  const values: unknown[] = schema['type'] === 'boolean' ? [true, false] : listed
  return values.map((value) => {
    const label = String(value)
    const kind = kindAt(['nodes', 'n'], { nodes: { n: { type: value } } })
    const isKind = kind !== undefined && titles[label] !== undefined
    const description = isKind ? kind.description[language] : undefined
    return {
      label,
      insert: typeof value === 'string' ? scalar(value) : label,
      kind: 'value',
      ...said(textOf(titles[label], language), description),
    }
  })
}

/** The outputs of the other nodes: those with rows, and those with what was refused. */
function outputsIn(root: unknown, own: string, language: Language): Candidate[] {
  return Object.keys(objectOf(valueAt(root, ['nodes']))).flatMap((node): Candidate[] => {
    const kind = kindAt(['nodes', node], root)
    if (node === own || kind === undefined || kind.group === 'target') return []
    const others = kind.outputs.filter(({ isReject }) => isReject)
    return [
      { label: node, insert: node, kind: 'node', detail: kind.title[language] },
      ...others.map(({ output, title }): Candidate => {
        const name = `${node}.${output}`
        return { label: name, insert: name, kind: 'node', detail: title[language] }
      }),
    ]
  })
}

/** A text as a YAML scalar: in quotes where it would be read as something else. */
function scalar(value: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value)
}

function hasColon(text: string, offset: number): boolean {
  return /^\s*:/.test(text.slice(offset).split('\n', 1)[0] ?? '')
}

function said(detail?: string, description?: string): Pick<Candidate, 'detail' | 'description'> {
  return { ...(detail === undefined ? {} : { detail }), ...(description === undefined ? {} : { description }) }
}

function textOf(texts: unknown, language: Language): string | undefined {
  return localizedSchema.safeParse(texts).data?.[language]
}

function typeOf({ type, enum: listed }: SchemaPart): string {
  const values = z.array(z.unknown()).safeParse(listed)
  if (values.success) return values.data.map(String).join(' | ')
  return typeof type === 'string' ? type : ''
}
