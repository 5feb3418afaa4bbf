import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { TextProblem } from '../../../contract/api/authoring.ts'
import { describeFailure, failureFromData } from '../../../contract/failure.ts'
import type { Language } from '../../../contract/localized.ts'
import { type PipelineFile, pipelineFileSchema } from '../../../contract/pipeline-file.ts'
import { linkDocument } from '../../../pipeline/document.ts'
import { parseFile } from '../../../workspace/parse-file.ts'

export interface ParsedText {
  readonly document?: PipelineFile
  readonly problems: TextProblem[]
}

/** Reads a pipeline from text; every problem that can be known without columns comes with its place. */
export function parsePipelineText(text: string, language: Language): ParsedText {
  const { value, problems, locate } = parseFile({ file: 'pipeline', text, schema: pipelineFileSchema, language })
  const ends = endsIn(text)
  const place = (start: Start, path: string, message: string): TextProblem => {
    const node = /^nodes\.([^.]+)/.exec(path)?.[1]
    return {
      ...start,
      ...ends(start, path === '' ? [] : path.split('.')),
      path,
      message,
      severity: 'error',
      ...(node === undefined ? {} : { node }),
    }
  }
  if (value === undefined) {
    return { problems: problems.map(({ line, column, path, message }) => place({ line, column }, path, message)) }
  }
  return {
    document: value,
    problems: linkDocument(value).problems.map(({ node, code, detail }) => {
      const failure = failureFromData({ code, detail: { node, ...detail } })
      const path = ['nodes', node, ...(detail.field === '' ? [] : detail.field.split('.'))]
      return place(locate(path), path.join('.'), describeFailure(failure, language).message)
    }),
  }
}

interface Start {
  readonly line: number
  readonly column: number
}

/** Where a problem that begins somewhere ends: with the value or key its path names, else with what the parser refused, else the line. */
function endsIn(text: string): (start: Start, path: readonly string[]) => { endLine: number; endColumn: number } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
  const at = (offset: number): Start => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  return (start, path) => {
    const ranges = [
      ...rangesOn(document.contents, path),
      ...document.errors.map(({ pos }) => [pos[0], pos[1]] as const),
    ]
    const found = ranges.find(([from]) => at(from).line === start.line && at(from).column === start.column)
    const end = found === undefined ? undefined : at(found[1])
    const isAfter =
      end !== undefined && (end.line > start.line || (end.line === start.line && end.column > start.column))
    if (end !== undefined && isAfter) return { endLine: end.line, endColumn: end.column }
    const length = text.split('\n')[start.line - 1]?.trimEnd().length ?? 0
    return { endLine: start.line, endColumn: Math.max(length + 1, start.column + 1) }
  }
}

/** Keys and scalars on the way of a path, deepest first. */
function rangesOn(root: Node | null, path: readonly string[]): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  const see = (node: unknown): void => {
    if (isScalar(node) && node.range) found.unshift([node.range[0], node.range[1]])
  }
  let node: unknown = root
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step)
      see(pair?.key)
      node = pair?.value
    } else {
      node = isSeq(node) ? node.items[Number(step)] : undefined
      if (isMap(node) && node.range) found.unshift([node.range[0], node.range[1]])
    }
    see(node)
  }
  return found
}
