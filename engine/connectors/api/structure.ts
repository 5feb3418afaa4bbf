/** An index that is no key of the table's description. */
export interface TableIndex {
  readonly name: string
  /** Empty where it is over more than plain columns. */
  readonly columns: readonly string[]
  readonly isUnique: boolean
}

/** One thing that a table gets beside its columns. */
export type Addition =
  | { readonly kind: 'unique' | 'index'; readonly columns: readonly string[] }
  | {
      readonly kind: 'foreign'
      readonly columns: readonly string[]
      readonly references: { readonly dataset: string; readonly columns: readonly string[] }
    }
  | { readonly kind: 'comment'; readonly column?: string; readonly text: string }

/** What a system says about its tables beyond their description, and how they get it. Each call is one statement. */
export interface TableStructure {
  /** Indexes without those that back a primary or unique key. */
  indexes(dataset: string, signal?: AbortSignal): Promise<readonly TableIndex[]>
  /** @throws Failure with the system's own words when it refuses */
  add(dataset: string, addition: Addition, signal?: AbortSignal): Promise<void>
}
