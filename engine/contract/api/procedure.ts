import { oc } from '@orpc/contract'
import { failureDataSchema } from '../failure.ts'

/** The one error of every procedure: its data is what `failureFromData` rebuilds. */
export const FAILURE_ERROR = 'FAILURE'

/** Every procedure of the contract begins here. */
export const procedure = oc.errors({ [FAILURE_ERROR]: { status: 422, data: failureDataSchema } })
