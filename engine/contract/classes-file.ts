import { z } from 'zod'
import { datasetRefSchema } from './dataset.ts'
import { personalClassSchema } from './personal-class.ts'

/** What a person said about a column. */
const confirmedClassSchema = z.strictObject({ class: personalClassSchema, note: z.string().optional() })

/** `standards/classes/<name>.yaml`: which columns of a dataset hold personal data, as a person confirmed it. */
export const classesFileSchema = z.strictObject({
  version: z.literal(1),
  description: z.string().optional(),
  dataset: datasetRefSchema,
  columns: z.record(z.string().min(1), confirmedClassSchema),
})
export type ClassesFile = z.infer<typeof classesFileSchema>
