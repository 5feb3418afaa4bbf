/** Moments of a run at which a kill must do no harm, in order. */
export type KillPoint =
  | 'after-open'
  | 'after-part'
  | 'after-stage'
  | 'before-commit'
  | 'after-first-commit'
  | 'after-commit'
  | 'after-receipt'

/**
 * Ends this process as a power cut would when the environment names this moment (`RUNNEL_KILL_AT=after-stage`).
 *
 * For fault tests, which start a run in a process of its own; without the variable nothing happens.
 */
export function killPoint(point: KillPoint): void {
  if (process.env['RUNNEL_KILL_AT'] === point) process.kill(process.pid, 'SIGKILL')
}
