/** What this machine offers for running a MariaDB of our own. */
export interface MariadbSurroundings {
  /** Path of the server program, when one was found. */
  readonly server?: string | undefined
  readonly isRoot: boolean
  readonly hasAptGet: boolean
  readonly hasDocker: boolean
}

export type MariadbChoice =
  | { readonly kind: 'program'; readonly server: string }
  | { readonly kind: 'install' }
  | { readonly kind: 'docker' }
  | { readonly kind: 'none'; readonly reason: string }

/** How a test MariaDB is had: what is there, else apt-get as root, else Docker, else a reason that names what is missing. */
export function chooseMariadb({ server, isRoot, hasAptGet, hasDocker }: MariadbSurroundings): MariadbChoice {
  if (server !== undefined) return { kind: 'program', server }
  if (isRoot && hasAptGet) return { kind: 'install' }
  if (hasDocker) return { kind: 'docker' }
  const whyNoInstall = hasAptGet ? 'apt-get needs root' : 'there is no apt-get'
  return {
    kind: 'none',
    reason: `MariaDB is needed for the server tests: mariadbd is neither on PATH nor in /usr/sbin, ${whyNoInstall}, and docker is not on PATH. Install MariaDB 10.5 or newer, or Docker.`,
  }
}
