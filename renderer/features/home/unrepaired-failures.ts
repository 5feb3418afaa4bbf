/** A failed run counts until the same pipeline succeeded after it. */
export function unrepairedFailures(runs: readonly { readonly pipeline: string; readonly state: string }[]): number {
  const settled = new Set<string>()
  let failed = 0
  for (const { pipeline, state } of runs) {
    if (settled.has(pipeline) || (state !== 'succeeded' && state !== 'failed')) continue
    settled.add(pipeline)
    if (state === 'failed') failed += 1
  }
  return failed
}
