import { z } from 'zod'
import type { NodeCatalogueEntry } from '../../../contract/node-catalogue.ts'
import type { NodeKind } from '../../../pipeline/node-kind.ts'
import { NODES } from '../../../pipeline/nodes/all.ts'
import { nodeForm } from './node-form.ts'

const GROUPS = ['source', 'rows', 'columns', 'combine', 'summary', 'nested', 'quality', 'target'] as const

/** Every node type, by group. */
export function nodeKinds(): NodeCatalogueEntry[] {
  return Object.entries(NODES)
    .map(([kind, node]) => entryOf(kind, node))
    .toSorted((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group))
}

function entryOf(kind: string, { group, schema, meta, rejectOutputs }: NodeKind): NodeCatalogueEntry {
  return {
    kind,
    group,
    title: { ...meta.title },
    description: { ...meta.description },
    inputs: meta.inputs.map((input) => ({ ...input })),
    outputs: Object.entries(meta.outputs).map(([output, title]) => ({
      output,
      title: { ...title },
      isReject: rejectOutputs.includes(output),
    })),
    schema: nodeForm(schema, meta.fields),
    initial: z.record(z.string(), z.json()).parse(meta.initial),
  }
}
