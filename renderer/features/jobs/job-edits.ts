import type { JobFile } from '../../../engine/contract/job-file.ts'

/**
 * A job as it is edited. The form changes the document, the code view the text; each is brought to the other when the view
 * changes, so that neither can overwrite what the other still types.
 */
export interface JobContent {
  readonly text: string
  /** Absent while the text is no job, or was not read yet. */
  readonly document: JobFile | undefined
  /** Whether the text says what the document says. */
  readonly isPrinted: boolean
}

/** Everything about an open job that is not in its file yet: one value, that can be kept and brought back. */
export interface JobEdits {
  readonly past: readonly JobContent[]
  readonly now: JobContent
  readonly future: readonly JobContent[]
  /** The field of the last change: typing in one field is one step of undo. */
  readonly field: string | undefined
  /** What the file holds. */
  readonly saved: JobContent
}

const MOST_STEPS = 200

export function openEdits(saved: JobContent): JobEdits {
  return { past: [], now: saved, future: [], field: undefined, saved }
}

export function isEdited({ now, saved }: JobEdits): boolean {
  return now !== saved && !(now.isPrinted && saved.isPrinted && now.text === saved.text)
}

/** A change by the form. */
export function withDocument(edits: JobEdits, document: JobFile, field: string | undefined): JobEdits {
  if (document === edits.now.document) return edits
  return changed(edits, { text: edits.now.text, document, isPrinted: false }, field)
}

/** A change by the code view. All that is typed there at once is one step: the editor has its own undo. */
export function withText(edits: JobEdits, text: string): JobEdits {
  return text === edits.now.text ? edits : changed(edits, { text, document: undefined, isPrinted: true }, 'code')
}

/** The other form of what is there now; no step of its own. Nothing when something else is there by now. */
export function withOtherForm(edits: JobEdits, of: JobContent, other: Partial<JobContent>): JobEdits {
  if (edits.now !== of) return edits
  const now = { ...of, ...other }
  return { ...edits, now, field: undefined, saved: edits.saved === of ? now : edits.saved }
}

/** What `of` was is in the file now, as `text`; what was edited while it was written stays edited. */
export function savedAs(edits: JobEdits, of: JobContent, text: string): JobEdits {
  const saved = { ...of, text, isPrinted: true }
  return edits.now === of ? { ...edits, now: saved, saved, field: undefined } : { ...edits, saved }
}

export function undone(edits: JobEdits): JobEdits {
  const before = edits.past.at(-1)
  if (before === undefined) return edits
  return {
    ...edits,
    past: edits.past.slice(0, -1),
    now: before,
    future: [edits.now, ...edits.future],
    field: undefined,
  }
}

export function redone(edits: JobEdits): JobEdits {
  const [next, ...future] = edits.future
  if (next === undefined) return edits
  return { ...edits, past: [...edits.past, edits.now], now: next, future, field: undefined }
}

function changed(edits: JobEdits, now: JobContent, field: string | undefined): JobEdits {
  const isSameStep = field !== undefined && field === edits.field
  const past = isSameStep ? edits.past : [...edits.past.slice(-MOST_STEPS + 1), edits.now]
  return { ...edits, past, now, future: [], field }
}
