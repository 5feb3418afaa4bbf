import type { ProfileBasis } from '../contract/profile/profile.ts'

/** 95 % intervals: of a share by the normal approximation, of a quantile's rank after Dvoretzky, Kiefer and Wolfowitz. */
export function sampleBasis(rows: number): ProfileBasis {
  const n = Math.max(rows, 1)
  return { rows, isSample: true, shareError: 0.98 / Math.sqrt(n), rankError: Math.sqrt(Math.log(2 / 0.05) / (2 * n)) }
}
