import type { Monaco } from './load-monaco.ts'

export interface Completion {
  readonly label: string
  /** Replaces the text from `start` to where the caret stands. */
  readonly insert: string
  readonly start: number
  readonly kind: 'keyword' | 'function' | 'connection' | 'schema' | 'dataset' | 'column' | 'parameter' | 'type'
  readonly detail?: string | undefined
}

/** What may be typed at an offset, best first. */
export type Complete = (text: string, offset: number, signal: AbortSignal) => Promise<readonly Completion[]>

const KINDS = {
  keyword: 'Keyword',
  function: 'Function',
  connection: 'Module',
  schema: 'Folder',
  dataset: 'Struct',
  column: 'Field',
  parameter: 'Variable',
  type: 'TypeParameter',
} as const satisfies Record<Completion['kind'], string>

type Model = ReturnType<Monaco['editor']['createModel']>

const asked = new WeakMap<Model, Complete>()
const registered = new Set<string>()

/** Answers completions in one model; Monaco knows providers by language only. */
export function completeModel(monaco: Monaco, model: Model, complete: Complete): void {
  asked.set(model, complete)
  const language = model.getLanguageId()
  if (registered.has(language)) return
  registered.add(language)
  monaco.languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['.', '"', ' ', '('],
    provideCompletionItems: async (at, position, _context, token) => {
      const answer = asked.get(at)
      if (answer === undefined) return { suggestions: [] }
      const stop = new AbortController()
      token.onCancellationRequested(() => stop.abort())
      const found = await answer(at.getValue(), at.getOffsetAt(position), stop.signal).catch(() => [])
      const typed = { model: at, position }
      return { suggestions: found.map((one, index) => suggestion(monaco, typed, one, index)) }
    },
  })
}

type Position = Parameters<Model['getOffsetAt']>[0]

interface Typed {
  readonly model: Model
  readonly position: Position
}

function suggestion(monaco: Monaco, { model, position }: Typed, one: Completion, index: number) {
  const start = model.getPositionAt(one.start)
  return {
    label: one.label,
    insertText: one.insert,
    kind: monaco.languages.CompletionItemKind[KINDS[one.kind]],
    // Monaco sorts by this text; the order is the answer's.
    sortText: String(index).padStart(6, '0'),
    // Names may be quoted when inserted: what was typed is compared with the label.
    filterText: `${model.getValue().slice(one.start, model.getOffsetAt(position))} ${one.label}`,
    ...(one.detail === undefined ? {} : { detail: one.detail }),
    range: {
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: position.lineNumber,
      endColumn: position.column,
    },
  }
}
