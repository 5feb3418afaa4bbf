/** What differs between the servers that speak this protocol. */
export interface ServerFlavour {
  readonly isMariadb: boolean
  /** A UUID type of its own: MariaDB since 10.7. */
  readonly hasUuid: boolean
}

/** From the text of VERSION(), `10.11.6-MariaDB-log`, `8.0.36`. */
export function flavourOf(version: string): ServerFlavour {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  const isMariadb = /mariadb/i.test(version)
  return { isMariadb, hasUuid: isMariadb && (major > 10 || (major === 10 && minor >= 7)) }
}
