import type { z } from 'zod'
import { Failure } from '../../contract/failure.ts'
import type { Language } from '../../contract/localized.ts'
import { printProblem } from '../../workspace/load.ts'
import { parseFile } from '../../workspace/parse-file.ts'

/** A document that need not be saved: as a value, or as text the way an editor has it. */
export type Draft<Document> = { readonly document: Document } | { readonly text: string }

/** @throws Failure `workspace.invalid` with the first problem of a text */
export function draftDocument<Document>(
  draft: Draft<Document>,
  {
    file,
    schema,
    language,
  }: { readonly file: string; readonly schema: z.ZodType<Document>; readonly language: Language },
): Document {
  if ('document' in draft) return draft.document
  const { value, problems } = parseFile({ file, text: draft.text, schema, language })
  const [first] = problems
  if (value === undefined)
    throw new Failure('workspace.invalid', { problems: first === undefined ? file : printProblem(first) })
  return value
}
