import { z } from 'zod'

/** After PIPL articles 4 and 28 and GDPR articles 4 and 9. */
export const personalClassSchema = z.enum(['none', 'personal', 'sensitive'])
export type PersonalClass = z.infer<typeof personalClassSchema>

/** By name of the column: what a person confirmed. */
export type ConfirmedClasses = ReadonlyMap<string, PersonalClass>
