import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  type ParsedNode,
  parseAllDocuments,
  visit,
} from 'yaml'
import { z } from 'zod'
import { nearestName } from '../base/suggest.ts'
import { fill, type Language } from '../contract/localized.ts'
import { toldIn } from '../contract/told.ts'
import { PROBLEM_TEXT } from './problem-text.ts'
import type { WorkspaceProblem } from './workspace.ts'

export interface ParseRequest<Value> {
  /** Relative to the workspace; for the problems. */
  readonly file: string
  readonly text: string
  readonly schema: z.ZodType<Value>
  readonly language: Language
}

export interface ParsedFile<Value> {
  /** Undefined as soon as there is a problem. */
  readonly value?: Value
  readonly problems: readonly WorkspaceProblem[]
  /** Line and column of a path inside the document; of its nearest existing parent when the path is not there. */
  readonly locate: (path: readonly PropertyKey[]) => Position
}

export interface Position {
  readonly line: number
  readonly column: number
}

const ZOD_TEXT = { en: z.locales.en().localeError, zh: z.locales.zhCN().localeError }

/** Parses one YAML file against its schema. Never throws for what the text holds: every problem is listed with its place. */
export function parseFile<Value>(request: ParseRequest<Value>): ParsedFile<Value> {
  const lines = new LineCounter()
  const documents = parseAllDocuments(request.text, {
    lineCounter: lines,
    intAsBigInt: true,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const found = new Problems(request, lines)
  const document = 'empty' in documents ? undefined : documents[0]
  if (document === undefined || document.contents === null) {
    found.at(0, '', fillText('empty', request.language, {}))
    return { problems: found.list, locate: () => found.position(0) }
  }
  const locate = (path: readonly PropertyKey[]): Position => found.position(offsetOf(document, path))
  const second = 'empty' in documents ? undefined : documents[1]
  if (second !== undefined) found.at(second.range[0], '', fillText('severalDocuments', request.language, {}))
  for (const error of document.errors) {
    found.at(error.pos[0], '', fillText('syntax', request.language, { reason: error.message }))
  }
  checkScalars(document, found, request.language)
  if (found.list.length > 0) return { problems: found.list, locate }
  const value = toValue(document, found, request.language)
  if (found.list.length > 0) return { problems: found.list, locate }
  const parsed = request.schema.safeParse(value, { error: ZOD_TEXT[request.language] })
  if (parsed.success) return { value: parsed.data, problems: [], locate }
  for (const issue of flattenIssues(parsed.error.issues)) reportIssue(issue, { document, found, request })
  return { problems: found.list, locate }
}

/** Text of one of our own problems. */
export function fillText(
  key: keyof typeof PROBLEM_TEXT,
  language: Language,
  parameters: Readonly<Record<string, unknown>>,
): string {
  return fill(PROBLEM_TEXT[key][language], parameters)
}

class Problems {
  readonly list: WorkspaceProblem[] = []
  readonly #file: string
  readonly #lines: LineCounter

  constructor({ file }: { file: string }, lines: LineCounter) {
    this.#file = file
    this.#lines = lines
  }

  at(offset: number, path: string, message: string): void {
    this.list.push({ file: this.#file, ...this.position(offset), path, message })
  }

  position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
}

/** Keys that would reach an object's prototype, and numbers that JavaScript would round. */
function checkScalars(document: Document.Parsed, found: Problems, language: Language): void {
  visit(document, {
    Pair: (_key, { key }) => {
      if (isScalar(key) && key.value === '__proto__') {
        found.at(key.range?.[0] ?? 0, '', fillText('key', language, { key: '__proto__' }))
      }
    },
    Scalar: (_key, { value, source, range }) => {
      const rounded =
        (typeof value === 'bigint' && !Number.isSafeInteger(Number(value))) ||
        (typeof value === 'number' &&
          (source ?? '').replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '').length > 17)
      if (rounded) found.at(range?.[0] ?? 0, '', fillText('digits', language, { number: source ?? String(value) }))
    },
  })
}

function toValue(document: Document.Parsed, found: Problems, language: Language): unknown {
  try {
    return document.toJS({
      maxAliasCount: 100,
      reviver: (_key: unknown, value: unknown) => (typeof value === 'bigint' ? Number(value) : value),
    })
  } catch (error) {
    // Aliases that multiply ("billion laughs") end here.
    found.at(0, '', fillText('syntax', language, { reason: error instanceof Error ? error.message : String(error) }))
    return undefined
  }
}

/** Of a failed union the issues of the branch that came furthest: those are about what the author meant. */
function flattenIssues(issues: readonly z.core.$ZodIssue[], parents: readonly PropertyKey[] = []): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    const path = [...parents, ...issue.path]
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const branches = issue.errors.map((errors) => flattenIssues(errors, path))
      const deepest = branches.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0]
      if (deepest !== undefined && depthOf(deepest) > path.length) return deepest
    }
    return [{ ...issue, path }]
  })
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)))
}

function reportIssue(
  issue: z.core.$ZodIssue,
  { document, found, request }: { document: Document.Parsed; found: Problems; request: ParseRequest<unknown> },
): void {
  if (issue.code !== 'unrecognized_keys') {
    found.at(offsetOf(document, issue.path), issue.path.map(String).join('.'), toldIn(issue.message, request.language))
    return
  }
  for (const key of issue.keys) {
    const suggestion = nearestName(key, keysAt(request.schema, issue.path))
    const path = [...issue.path, key]
    const text =
      suggestion === undefined
        ? fillText('unknownKey', request.language, { key })
        : fillText('unknownKeyNear', request.language, { key, suggestion })
    found.at(offsetOf(document, path), path.map(String).join('.'), text)
  }
}

/** Keys that the schema knows at a path; empty where it is no object there. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let here = ways(schema)
  for (const step of path) {
    here = here.flatMap((way) => {
      if (way instanceof z.ZodObject) return ways(way.shape[String(step)])
      if (way instanceof z.ZodRecord) return ways(way.valueType)
      return way instanceof z.ZodArray ? ways(way.element) : []
    })
  }
  return here.flatMap((way) => (way instanceof z.ZodObject ? Object.keys(way.shape) : []))
}

/** What a value may be: of a union each of its options. */
function ways(schema: unknown): unknown[] {
  const here = unwrapped(schema)
  return here instanceof z.ZodUnion ? here.options.flatMap(ways) : [here]
}

function unwrapped(schema: unknown): unknown {
  let here = schema
  while (here instanceof z.ZodOptional || here instanceof z.ZodDefault) here = here.unwrap()
  return here
}

/** Where the value of a path begins, or its key when the value is a block below it. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: ParsedNode | null | undefined = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const step of path) {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const pair: Pair<ParsedNode, ParsedNode | null> | undefined = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      )
      if (pair === undefined) return offset
      offset = pair.key.range[0]
      node = pair.value
    } else if (isSeq<ParsedNode>(node)) {
      node = node.items[Number(step)]
      if (node === undefined) return offset
      offset = node.range[0]
    } else {
      return offset
    }
  }
  return offset
}
