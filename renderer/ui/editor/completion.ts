import type { Monaco } from './load-monaco.ts'

const KINDS = {
  keyword: 'Keyword',
  function: 'Function',
  connection: 'Module',
  schema: 'Folder',
  dataset: 'Struct',
  column: 'Field',
  parameter: 'Variable',
  type: 'TypeParameter',
  field: 'Property',
  value: 'EnumMember',
  node: 'Reference',
} as const

export interface Completion {
  readonly label: string
  /** Replaces the text from `start` to `end`, or to where the caret stands. */
  readonly insert: string
  readonly start: number
  readonly end?: number | undefined
  readonly kind: keyof typeof KINDS
  readonly detail?: string | undefined
  readonly description?: string | undefined
}

/** What may be typed at an offset, best first. */
export type Complete = (text: string, offset: number, signal: AbortSignal) => Promise<readonly Completion[]>

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
    triggerCharacters: ['.', '"', ' ', '(', ':', '[', ',', '{'],
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
  const end = one.end === undefined ? position : model.getPositionAt(one.end)
  return {
    label: one.label,
    insertText: one.insert,
    kind: monaco.languages.CompletionItemKind[KINDS[one.kind]],
    // Monaco sorts by this text; the order is the answer's.
    sortText: String(index).padStart(6, '0'),
    // Names may be quoted when inserted: what was typed is compared with the label.
    filterText: `${model.getValue().slice(one.start, model.getOffsetAt(position))} ${one.label}`,
    ...(one.detail === undefined ? {} : { detail: one.detail }),
    ...(one.description === undefined ? {} : { documentation: one.description }),
    // After a field comes its value, which is offered at once.
    ...(one.kind === 'field' ? { command: { id: 'editor.action.triggerSuggest', title: '' } } : {}),
    range: {
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: end.lineNumber,
      endColumn: end.column,
    },
  }
}
