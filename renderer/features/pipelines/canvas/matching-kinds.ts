import type { Language } from '../../../../engine/contract/localized.ts'
import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'

/** The kinds whose name, title or description has every word; those whose title begins with the query first. */
export function matchingKinds(
  entries: readonly NodeCatalogueEntry[],
  query: string,
  language: Language,
): readonly NodeCatalogueEntry[] {
  const wanted = query.trim().toLowerCase()
  const words = wanted.split(/\s+/).filter(Boolean)
  const found = entries.filter(({ kind, title, description }) => {
    const text = [kind, title[language], description[language]].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const rank = ({ kind, title }: NodeCatalogueEntry): number =>
    wanted !== '' && (title[language].toLowerCase().startsWith(wanted) || kind.startsWith(wanted)) ? 0 : 1
  return found.toSorted((a, b) => rank(a) - rank(b))
}
