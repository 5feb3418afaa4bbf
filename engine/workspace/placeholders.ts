/** `${secret:name}` or `${env:NAME}` inside a setting's text. */
export interface Placeholder {
  readonly kind: 'secret' | 'env'
  readonly name: string
}

const PLACEHOLDER = /\$\{(secret|env):([A-Za-z0-9_][\w.-]*)\}/g

/** The placeholders of a setting, wherever they stand inside it. */
export function placeholdersOf(setting: unknown): Placeholder[] {
  if (typeof setting === 'string') {
    return [...setting.matchAll(PLACEHOLDER)].map(([, kind, name]) => ({
      kind: kind === 'secret' ? 'secret' : 'env',
      name: name ?? '',
    }))
  }
  if (Array.isArray(setting)) return setting.flatMap(placeholdersOf)
  return typeof setting === 'object' && setting !== null ? Object.values(setting).flatMap(placeholdersOf) : []
}

/** The setting with every placeholder replaced by what `valueOf` gives. Keys stay as they are. */
export function fillPlaceholders(setting: unknown, valueOf: (placeholder: Placeholder) => string): unknown {
  if (typeof setting === 'string') {
    return setting.replace(PLACEHOLDER, (_text, kind: string, name: string) =>
      valueOf({ kind: kind === 'secret' ? 'secret' : 'env', name }),
    )
  }
  if (Array.isArray(setting)) return setting.map((item) => fillPlaceholders(item, valueOf))
  if (typeof setting !== 'object' || setting === null) return setting
  return Object.fromEntries(Object.entries(setting).map(([key, item]) => [key, fillPlaceholders(item, valueOf)]))
}
