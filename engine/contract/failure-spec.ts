import type { z } from 'zod'
import type { Localized } from './localized.ts'

/** Exit codes of the command line: 1 the work failed, 2 usage or invalid workspace, 3 source or target unavailable. */
export type ExitCode = 1 | 2 | 3 | 130

/** One kind of failure: what it carries, what a person reads, what a program may do. */
export interface FailureSpec {
  /** Whether the same call may succeed later without anyone changing anything. */
  readonly retryable: boolean
  readonly exit: ExitCode
  readonly parameters: z.ZodObject
  /** What happened. `{name}` is filled from the parameters. */
  readonly message: Localized
  /** What to do next. */
  readonly next: Localized
}

export type FailureArea = Readonly<Record<string, FailureSpec>>
