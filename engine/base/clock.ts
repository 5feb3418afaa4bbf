/** Where the time comes from. Tests pass their own so that schedules and leases can be stepped. */
export interface Clock {
  /** Milliseconds since the epoch, as `Date.now()`. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
