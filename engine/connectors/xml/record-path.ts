import { NAME_PATTERN } from './names.ts'

/** A step of a path: an element's name, `*` for any, below the one before or anywhere below it. */
interface Step {
  readonly isAnywhere: boolean
  readonly prefix: string | undefined
  readonly name: string
  readonly conditions: readonly { readonly attribute: string; readonly value: string | undefined }[]
}

/** A path to the elements that are records. */
export type RecordPath = readonly Step[]

/** An element on the way from the root to where the reader is. */
export interface PathElement {
  readonly prefix: string
  readonly local: string
  readonly uri: string
  readonly attributes: ReadonlyMap<string, string>
}

const CONDITION = new RegExp(String.raw`\[@((?:${NAME_PATTERN}:)?${NAME_PATTERN})(?:=(?:"([^"]*)"|'([^']*)'))?\]`, 'uy')
const STEP = new RegExp(String.raw`(//?)(?:(${NAME_PATTERN}|\*):)?(${NAME_PATTERN}|\*)`, 'uy')

/**
 * Parses the part of XPath 1.0 that chooses elements while a document streams by: child and descendant steps, names with or without
 * prefix, `*`, and conditions on attributes (`[@kind]`, `[@kind="a"]`). Undefined for anything else.
 */
export function parseRecordPath(text: string): RecordPath | undefined {
  const steps: Step[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    at += match?.[0].length ?? 0
    return match
  }
  while (at < text.length) {
    const step = take(STEP)
    if (step === null) return undefined
    const [, slash, prefix, name = ''] = step
    const conditions = []
    for (let match = take(CONDITION); match !== null; match = take(CONDITION)) {
      conditions.push({ attribute: match[1] ?? '', value: match[2] ?? match[3] })
    }
    steps.push({ isAnywhere: slash === '//', prefix: prefix === '*' ? undefined : prefix, name, conditions })
  }
  return steps.length === 0 ? undefined : steps
}

/**
 * Whether the path leads to the last of these elements, which stand in one another from the root on. A name without prefix meets the
 * element in whatever namespace it is.
 */
export function meets(
  path: RecordPath,
  elements: readonly PathElement[],
  namespaces: ReadonlyMap<string, string>,
): boolean {
  return meetsFrom({ path, elements, namespaces }, path.length - 1, elements.length - 1)
}

/** Whether the last of these elements is one in which records could stand, or a record itself. */
export function isPlace(
  path: RecordPath,
  elements: readonly PathElement[],
  namespaces: ReadonlyMap<string, string>,
): boolean {
  const [last] = path.slice(-1)
  if (last?.isAnywhere === true && path.length === 1) return true
  return meets(path, elements, namespaces) || (path.length > 1 && meets(path.slice(0, -1), elements, namespaces))
}

interface Meeting {
  readonly path: RecordPath
  readonly elements: readonly PathElement[]
  readonly namespaces: ReadonlyMap<string, string>
}

/** From the end backwards: the last step must be the last element, those before stand where their slashes let them. */
function meetsFrom(meeting: Meeting, at: number, position: number): boolean {
  const step = meeting.path[at]
  if (step === undefined) return position === -1
  const element = meeting.elements[position]
  if (element === undefined || !isStep(step, element, meeting.namespaces)) return false
  if (!step.isAnywhere) return meetsFrom(meeting, at - 1, position - 1)
  if (at === 0) return true
  for (let before = position - 1; before >= 0; before--) if (meetsFrom(meeting, at - 1, before)) return true
  return false
}

function isStep(
  { name, prefix, conditions }: Step,
  element: PathElement,
  namespaces: ReadonlyMap<string, string>,
): boolean {
  if (name !== '*' && name !== element.local) return false
  const uri = prefix === undefined ? undefined : namespaces.get(prefix)
  if (uri !== undefined && uri !== element.uri) return false
  if (uri === undefined && prefix !== undefined && prefix !== element.prefix) return false
  return conditions.every(({ attribute, value }) => {
    const has = element.attributes.get(attribute)
    return has !== undefined && (value === undefined || has === value)
  })
}
