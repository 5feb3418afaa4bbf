/** Title, node, output, what is expected of it. */
export type NodeCase<Expected> = [
  title: string,
  node: { type: string } & Record<string, unknown>,
  output: string,
  Expected,
]
