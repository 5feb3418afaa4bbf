import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'

/**
 * A pipeline as a document and as its text. Either is edited, the other follows a moment later: what was typed has to be read by
 * the engine, what was drawn has to be printed by it. Until then both may have been edited; then their changes are joined.
 */
export interface Written {
  readonly document: PipelineFile
  readonly text: string
  /** The document that the text was last known to say: what differs from it was drawn since. */
  readonly agreed: PipelineFile
  /** Whether what was typed was read: `broken` is text that is no pipeline. */
  readonly reading: 'read' | 'unread' | 'broken'
}

export function written(document: PipelineFile, text: string): Written {
  return { document, text, agreed: document, reading: 'read' }
}

/** Whether the text has to be printed: the drawing is ahead, and nothing typed waits to be read. */
export function isUnprinted({ document, agreed, reading }: Written): boolean {
  return reading === 'read' && document !== agreed
}

export function withTyped(before: Written, text: string): Written {
  return text === before.text ? before : { ...before, text, reading: 'unread' }
}

/** What the engine read in `text`; a late answer about other text says nothing. Without a document the text is no pipeline. */
export function withRead(before: Written, text: string, found: PipelineFile | undefined): Written {
  if (before.text !== text || before.reading === 'read') return before
  if (found === undefined) return { ...before, reading: 'broken' }
  // Blanks and comments change the text alone: what looks at the document has nothing to do anew.
  const said = isSame(found, before.agreed) ? before.agreed : found
  return { document: joined(before.agreed, said, before.document), text, agreed: said, reading: 'read' }
}

export function withDrawn(before: Written, document: PipelineFile): Written {
  return document === before.document ? before : { ...before, document }
}

/** What the engine printed for a document over a text; late when either is another by now, and then it says nothing. */
export function withPrinted(
  before: Written,
  asked: { readonly document: PipelineFile; readonly text: string },
  text: string,
): Written {
  const isLate = before.document !== asked.document || before.text !== asked.text || !isUnprinted(before)
  return isLate ? before : { ...before, text, agreed: before.document }
}

/**
 * Two edits of one document, joined by node: a node that only one side changed is that side's, one that both changed is as
 * `typed`. What was removed on one side and not touched on the other is gone.
 */
export function joined(base: PipelineFile, typed: PipelineFile, drawn: PipelineFile): PipelineFile {
  if (drawn === base) return typed
  if (typed === base) return drawn
  const others = joinedRecord({ ...base, nodes: {} }, { ...typed, nodes: {} }, { ...drawn, nodes: {} })
  return { ...drawn, ...others, version: 1, nodes: joinedRecord(base.nodes, typed.nodes, drawn.nodes) }
}

function joinedRecord<Value>(
  base: Readonly<Record<string, Value>>,
  typed: Readonly<Record<string, Value>>,
  drawn: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const names = [...Object.keys(typed), ...Object.keys(drawn).filter((name) => !Object.hasOwn(typed, name))]
  const chosen = names.flatMap((name): [string, Value][] => {
    const side = isSame(own(typed, name), own(base, name)) ? drawn : typed
    const value = own(side, name)
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(chosen)
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** Of values as files have them; the order of keys counts, as it does in a file. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
