import { z } from 'zod'

const codeText = z.string().min(1).max(200)

const codeSchema = z.strictObject({
  /** Always text: write "01", or its zero is lost. */
  code: codeText,
  zh: z.string().optional(),
  en: z.string().optional(),
  /** The edition that no longer has it: known, but no value to accept. */
  until: z.string().min(1).optional(),
})
export type Code = z.infer<typeof codeSchema>

/** `standards/codes/<name>.yaml`: the values that a column may have, and what other systems write for them. */
export const codeListFileSchema = z
  .strictObject({
    version: z.literal(1),
    description: z.string().optional(),
    /** Where it comes from: GB/T 2261.1-2003, ISO 4217, … */
    source: z.string().optional(),
    /** Of the list, as its source counts. */
    edition: z.string().min(1).optional(),
    codes: z.array(codeSchema).max(50_000),
    /** By system: what it writes, and the code that is meant. */
    mappings: z.record(z.string().min(1), z.record(z.string(), codeText)).default({}),
  })
  .superRefine(({ codes, mappings }, context) => {
    const known = new Set<string>()
    for (const [i, { code }] of codes.entries()) {
      if (known.has(code))
        context.addIssue({ code: 'custom', path: ['codes', i, 'code'], message: `the code ${code} stands twice` })
      known.add(code)
    }
    for (const [system, mapping] of Object.entries(mappings)) {
      for (const [from, to] of Object.entries(mapping)) {
        if (known.has(to)) continue
        context.addIssue({ code: 'custom', path: ['mappings', system, from], message: `${to} is none of the codes` })
      }
    }
  })
export type CodeListFile = z.infer<typeof codeListFileSchema>

/** The codes that a value may be today. */
export function currentCodes({ codes }: Pick<CodeListFile, 'codes'>): string[] {
  return codes.flatMap(({ code, until }) => (until === undefined ? [code] : []))
}
