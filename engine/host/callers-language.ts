import type { Language } from '../contract/localized.ts'
import type { HostContext } from './router/context.ts'

interface Handled {
  readonly request: { readonly headers: Readonly<Record<string, string | readonly string[] | undefined>> }
  readonly context: HostContext
}

/** Answers each call in the language it asks for (`accept-language`): a person may change it while a connection stays. */
export function inCallersLanguage<Options extends Handled, Result>(
  options: Options & { readonly next: (options?: Options) => Result },
): Result {
  const language = languageOf(options.request.headers['accept-language'])
  if (language === undefined) return options.next()
  return options.next({ ...options, context: { ...options.context, language } })
}

/** The first language named that we speak; undefined when there is none. */
function languageOf(header: string | readonly string[] | undefined): Language | undefined {
  const named = (typeof header === 'string' ? header : (header?.join(',') ?? '')).toLowerCase()
  for (const range of named.split(',')) {
    const [tag] = range.trim().split(/[-;]/)
    if (tag === 'zh' || tag === 'en') return tag
  }
  return undefined
}
