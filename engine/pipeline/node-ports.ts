import { z } from 'zod'
import type { InputPort } from './node-kind.ts'

/** A reference to an output: `node` or `node.output`. */
export const outputRefSchema = z.string().min(1)
export const columnNameSchema = z.string().min(1)

/** Fields every node may have. */
export const nodeBase = { type: z.string(), description: z.string().optional() }

/** The one input of most nodes. */
export const oneInput = { ...nodeBase, input: outputRefSchema }

export function inputPort({ input }: { readonly input: string }): InputPort[] {
  return [{ field: 'input', text: input }]
}

/** References in the named fields, in that order. */
export function portsOf(references: Readonly<Record<string, string>>): InputPort[] {
  return Object.entries(references).map(([field, text]) => ({ field, text }))
}

export const mainOutput = (): readonly string[] => ['out']
export const perRow = (): 'row' => 'row'
export const perSet = (): 'set' => 'set'
