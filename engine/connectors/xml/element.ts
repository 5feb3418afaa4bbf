/** An element of a record with everything in it. */
export interface XmlElement {
  /** By name as written, without declarations of namespaces and without what XML Schema says of the element. */
  readonly attributes: ReadonlyMap<string, string>
  /** By name, in the order of their first appearance. */
  readonly children: ReadonlyMap<string, readonly XmlElement[]>
  /** All text of the element itself, CDATA included, as written. */
  readonly text: string
  /** `xsi:nil="true"`: there is no value. */
  readonly isNil: boolean
}

/** Whether the element is nothing but its text. */
export function isLeaf({ attributes, children }: XmlElement): boolean {
  return attributes.size === 0 && children.size === 0
}

/** The text of an element beside its children, unless it is only the white space between them. */
export function ownText({ text, children }: XmlElement): string | undefined {
  return text === '' || (children.size > 0 && text.trim() === '') ? undefined : text
}

/** An element as JSON, for places whose shape no type holds: text as string, else an object with `@` for attributes and `#text`. */
export function elementJson(element: XmlElement): string {
  return JSON.stringify(plain(element))
}

function plain(element: XmlElement): unknown {
  if (element.isNil) return null
  if (isLeaf(element)) return element.text
  const text = ownText(element)
  return Object.fromEntries([
    ...[...element.attributes].map(([name, value]) => [`@${name}`, value] as const),
    ...[...element.children].map(
      ([name, all]) => [name, all.length === 1 ? plain(all[0] ?? element) : all.map(plain)] as const,
    ),
    ...(text === undefined ? [] : [['#text', text] as const]),
  ])
}
