import type { ComponentType, ReactNode } from 'react'
import type { Language } from '../../../engine/contract/localized.ts'
import type { FieldShape } from './field-tree.ts'

export interface FieldToDraw {
  /** Dotted. */
  readonly path: string
  readonly title: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** Draws fields of its own instead of the standard ones; undefined leaves a field as it is. */
export type DrawField = (field: FieldToDraw) => ReactNode | undefined

export interface InputProps<Shape extends FieldShape = FieldShape> {
  readonly shape: Shape
  readonly value: unknown
  /** Undefined takes the value away. */
  readonly onChange: (value: unknown) => void
  readonly place: Place
}

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
  /** The input for a value of any shape: inputs of several values draw their parts with it. */
  readonly Input: ComponentType<InputProps>
}

export function inside(place: Place, step: string | number, label: string): Place {
  const path = place.path === '' ? String(step) : `${place.path}.${step}`
  return { ...place, path, label }
}
