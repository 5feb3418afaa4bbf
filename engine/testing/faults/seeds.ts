/** Each fault row runs once for each seed: one in `npm test`, many in `npm run faults`. */
export const FAULT_SEEDS = Array.from({ length: Number(process.env['RUNNEL_FAULT_SEEDS'] ?? 1) }, (_, i) => i + 1)

/** How long one may take on a machine that many share. */
export const FAULT_PATIENCE_MS = 240_000

/** Invariant F, from when the cause is gone: 10 s where nothing else runs; the tests of `npm test` share their machine. */
export const FAULT_RECOVERY_MS = process.env['RUNNEL_FAULT_SEEDS'] === undefined ? 45_000 : 10_000
