import type { FieldText } from '../../contract/settings-form.ts'

/** Texts by field; a field inside another is written `tls.mode`. */
export type FieldTexts = Readonly<Record<string, FieldText>>

export interface SecretText extends FieldText {
  readonly isRequired: boolean
  /** The secret plays a part only where this setting is an object of one of these kinds. */
  readonly onlyFor?: { readonly setting: string; readonly kinds: readonly string[] }
}

/** What forms say about a connector's settings and options. Every field of its schemas must be in here (connectors/forms.test.ts). */
export interface ConnectorForm {
  readonly group: 'file' | 'database' | 'queue'
  readonly config: FieldTexts
  readonly secrets: Readonly<Record<string, SecretText>>
  readonly source: FieldTexts
  readonly target: FieldTexts
}
