import type { Monaco } from './load-monaco.ts'

/** What is told of a word; shown as it is, not as markup. */
export interface HoverText {
  /** Offsets in UTF-16 units. */
  readonly start: number
  readonly end: number
  readonly title: string
  readonly text: string
  readonly type?: string | undefined
}

export type Explain = (text: string, offset: number, signal: AbortSignal) => Promise<HoverText | undefined>

type Model = ReturnType<Monaco['editor']['createModel']>

const asked = new WeakMap<Model, Explain>()
const registered = new Set<string>()

/** Answers what a word of one model is; Monaco knows providers by language only. */
export function explainModel(monaco: Monaco, model: Model, explain: Explain): void {
  asked.set(model, explain)
  const language = model.getLanguageId()
  if (registered.has(language)) return
  registered.add(language)
  monaco.languages.registerHoverProvider(language, {
    provideHover: async (at, position, token) => {
      const stop = new AbortController()
      token.onCancellationRequested(() => stop.abort())
      const offset = at.getOffsetAt(position)
      const found = await asked
        .get(at)?.(at.getValue(), offset, stop.signal)
        .catch(() => undefined)
      if (found === undefined) return null
      const [start, end] = [at.getPositionAt(found.start), at.getPositionAt(found.end)]
      return {
        contents: [`**${escaped(found.title)}**`, found.text, found.type ?? '']
          .filter((text) => text !== '')
          .map((value, index) => ({ value: index === 0 ? value : escaped(value) })),
        range: {
          startLineNumber: start.lineNumber,
          startColumn: start.column,
          endLineNumber: end.lineNumber,
          endColumn: end.column,
        },
      }
    },
  })
}

/** Monaco takes hovers for Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, String.raw`\$&`)
}
