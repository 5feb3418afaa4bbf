const HIDDEN = '•••'

/**
 * A value that must never be shown. Prints as `•••` in strings, JSON and inspection.
 *
 * `reveal` is the only way to the text; call it at the moment of use and do not store the result.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN
  }
}
