/** Which values of a connection a form shows: of every environment, of one, or all side by side. */
export type Place = 'everywhere' | 'sideBySide' | `in:${string}`

export function inEnvironment(name: string): Place {
  return `in:${name}`
}

/** The environment's name; undefined when it is not one that is shown. */
export function environmentIn(place: Place): string | undefined {
  return place.startsWith('in:') ? place.slice('in:'.length) : undefined
}
