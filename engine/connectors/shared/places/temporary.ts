const STALE_MS = 3_600_000

/** The name under which a file arrives before it is renamed; listings leave it out. */
export function temporaryBeside(id: string): string {
  return `.runnel-${id}.tmp`
}

/** Whether a killed process left this; what living ones write is younger. */
export function isStaleTemporary(name: string, modifiedMs: number): boolean {
  return /^\.runnel-[^/]*\.tmp$/.test(name) && Date.now() - modifiedMs > STALE_MS
}
