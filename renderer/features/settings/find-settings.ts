import i18next from 'i18next'
import type { Found, StudioContext } from '../../app/feature.ts'

/** Each setting by its text, with the section it stands in. */
const SETTINGS = [
  ['language', 'appearance'],
  ['theme', 'appearance'],
  ['density', 'appearance'],
  ['keys', 'keys'],
  ['memory', 'engine'],
  ['threads', 'engine'],
  ['extensions', 'engine'],
  ['about.licences', 'about'],
] as const

/** Settings of which the name, in the chosen language, has every word of the query. */
export function findSettings(query: string, { openTab }: StudioContext): Promise<readonly Found[]> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = SETTINGS.map(([key, section]) => ({
    id: key,
    label: i18next.t(`settings:${key}`),
    detail: i18next.t(`settings:${section}`),
    run: (): void => openTab({ kind: 'settings' }),
  })).filter(({ label, detail }) => words.every((word) => `${detail} ${label}`.toLowerCase().includes(word)))
  return Promise.resolve(found)
}
