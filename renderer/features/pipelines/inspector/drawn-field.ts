/** One field of a node's settings, to be drawn by an editor of its own. */
export interface DrawnField {
  readonly node: string
  /** Dotted path in the node's settings. */
  readonly path: string
  /** Names the input. */
  readonly title: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}
