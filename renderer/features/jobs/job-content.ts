import { type JobFile, jobFileSchema } from '../../../engine/contract/job-file.ts'

/** What is edited of a job: its form or its text. */
export type JobContent = { readonly document: JobFile } | { readonly text: string }

/** As a draft keeps it: text as it is, a form as JSON (which a job's text never is). */
export function draftTextOf(content: JobContent): string {
  return 'text' in content ? content.text : JSON.stringify(content.document)
}

export function contentOf(draft: string): JobContent {
  const parsed = jobFileSchema.safeParse(json(draft))
  return parsed.success ? { document: parsed.data } : { text: draft }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
