import type { Language } from '../../../engine/contract/localized.ts'
import type { DrawField } from './SchemaForm.tsx'

/** Where in a form an input stands. */
export interface Place {
  /** Dotted; empty for the whole form. */
  readonly path: string
  /** Of the input that a label names. */
  readonly id: string
  /** Of inputs that no visible label names: items of a list. */
  readonly label: string
  readonly problems: Readonly<Record<string, string>>
  readonly language: Language
  readonly draw: DrawField | undefined
}

export function inside(place: Place, step: string | number, label: string): Place {
  const path = place.path === '' ? String(step) : `${place.path}.${step}`
  return { ...place, path, label }
}
