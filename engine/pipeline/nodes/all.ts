import { defineNode, type NodeKind } from '../node-kind.ts'
import { inputPort, mainOutput, perRow, perSet, portsOf } from '../node-ports.ts'
import { compileAggregate } from './aggregate/compile.ts'
import { aggregateConfig } from './aggregate/config.ts'
import { compileFilter } from './filter/compile.ts'
import { filterConfig } from './filter/config.ts'
import { compileJoin } from './join/compile.ts'
import { joinConfig } from './join/config.ts'
import { compileMap } from './map/compile.ts'
import { mapConfig } from './map/config.ts'
import { compileSource } from './source/compile.ts'
import { sourceConfig } from './source/config.ts'
import { compileSql, sqlInputs } from './sql/compile.ts'
import { sqlConfig } from './sql/config.ts'
import { compileTarget } from './target/compile.ts'
import { targetConfig } from './target/config.ts'
import { compileValidate, VALIDATE_OUTPUTS } from './validate/compile.ts'
import { validateConfig } from './validate/config.ts'

const one = { inputs: inputPort, outputs: mainOutput, scope: perRow } as const
const oneSet = { inputs: inputPort, outputs: mainOutput, scope: perSet } as const

/** Every node type: the only place that knows them all. */
export const NODES = {
  source: defineNode({
    group: 'source',
    schema: sourceConfig,
    compile: compileSource,
    inputs: () => [],
    outputs: mainOutput,
    scope: perRow,
  }),
  sql: defineNode({
    group: 'combine',
    schema: sqlConfig,
    compile: compileSql,
    inputs: sqlInputs,
    outputs: mainOutput,
    scope: perSet,
  }),
  filter: defineNode({ ...one, group: 'rows', schema: filterConfig, compile: compileFilter, keepsColumns: true }),
  map: defineNode({ ...one, group: 'columns', schema: mapConfig, compile: compileMap }),
  join: defineNode({
    group: 'combine',
    schema: joinConfig,
    compile: compileJoin,
    inputs: ({ left, right }) => portsOf({ left, right }),
    outputs: mainOutput,
    scope: perSet,
  }),
  aggregate: defineNode({ ...oneSet, group: 'summary', schema: aggregateConfig, compile: compileAggregate }),
  validate: defineNode({
    ...one,
    group: 'quality',
    schema: validateConfig,
    compile: compileValidate,
    outputs: () => VALIDATE_OUTPUTS,
    rejectOutputs: ['rejects'],
    scope: ({ rules }) => (rules.some(({ check }) => check === 'unique') ? 'set' : 'row'),
    keepsColumns: true,
  }),
  target: defineNode({ ...oneSet, group: 'target', schema: targetConfig, compile: compileTarget, outputs: () => [] }),
} as const satisfies Record<string, NodeKind>

export type NodeType = keyof typeof NODES

export function nodeKind(type: string): NodeKind | undefined {
  return isNodeType(type) ? NODES[type] : undefined
}

function isNodeType(type: string): type is NodeType {
  return Object.hasOwn(NODES, type)
}
