/** A graph of steps as a large pipeline has them: columns of nodes, each read by one or two of the next column. */
export interface BenchGraph {
  readonly nodes: readonly BenchNode[]
  readonly edges: readonly { readonly from: string; readonly to: string }[]
}

interface BenchNode {
  readonly name: string
  readonly x: number
  readonly y: number
  /** The nodes it reads: none in the first column, then one or two. */
  readonly inputs: readonly string[]
}

const IN_COLUMN = 25
const COLUMN_PX = 260
const ROW_PX = 90

/** So many nodes, and half as many edges again. */
export function graphOf(count: number): BenchGraph {
  const nodes = Array.from({ length: count }, (_, index) => ({
    name: `step_${index}`,
    x: Math.floor(index / IN_COLUMN) * COLUMN_PX,
    y: (index % IN_COLUMN) * ROW_PX,
    inputs: inputsOf(index, count).map((input) => `step_${input}`),
  }))
  return { nodes, edges: nodes.flatMap(({ name, inputs }) => inputs.map((from) => ({ from, to: name }))) }
}

/** The one beside it at the left; those that join are spread evenly and read the next one too. */
function inputsOf(index: number, count: number): readonly number[] {
  const before = index - IN_COLUMN
  if (before < 0) return []
  const readers = count - IN_COLUMN
  const joining = Math.round(count * 1.5) - readers
  const isJoining = Math.floor(((before + 1) * joining) / readers) > Math.floor((before * joining) / readers)
  return isJoining ? [before, before + 1] : [before]
}
