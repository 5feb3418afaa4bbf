const files = import.meta.glob<Record<string, string>>('../../locales/zh/*.json', { eager: true, import: 'default' })

/** Texts by area: the name of their file. */
export const texts = Object.fromEntries(
  Object.entries(files).map(([path, found]) => [path.replace(/^.*\/|\.json$/g, ''), found]),
)
