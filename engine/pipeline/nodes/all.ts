import { defineNode, type NodeKind } from '../node-kind.ts'
import { inputPort, mainOutput, perRow, perSet, portsOf } from '../node-ports.ts'
import { compileAggregate } from './aggregate/compile.ts'
import { aggregateConfig } from './aggregate/config.ts'
import { COMPARE_OUTPUTS, compileCompare } from './compare/compile.ts'
import { compareConfig } from './compare/config.ts'
import { compileDedupe } from './dedupe/compile.ts'
import { dedupeConfig } from './dedupe/config.ts'
import { compileExplode } from './explode/compile.ts'
import { explodeConfig } from './explode/config.ts'
import { compileFilter } from './filter/compile.ts'
import { filterConfig } from './filter/config.ts'
import { compileFlatten } from './flatten/compile.ts'
import { flattenConfig } from './flatten/config.ts'
import { compileJoin } from './join/compile.ts'
import { joinConfig } from './join/config.ts'
import { compileLimit } from './limit/compile.ts'
import { limitConfig } from './limit/config.ts'
import { compileLookup, lookupOutputs } from './lookup/compile.ts'
import { lookupConfig } from './lookup/config.ts'
import { compileMap } from './map/compile.ts'
import { mapConfig } from './map/config.ts'
import { compileParse } from './parse/compile.ts'
import { parseConfig } from './parse/config.ts'
import { compilePivot } from './pivot/compile.ts'
import { pivotConfig } from './pivot/config.ts'
import { compileSample } from './sample/compile.ts'
import { sampleConfig } from './sample/config.ts'
import { compileSort } from './sort/compile.ts'
import { sortConfig } from './sort/config.ts'
import { compileSource } from './source/compile.ts'
import { sourceConfig } from './source/config.ts'
import { compileSplit, splitOutputs } from './split/compile.ts'
import { splitConfig } from './split/config.ts'
import { compileSql, sqlInputs } from './sql/compile.ts'
import { sqlConfig } from './sql/config.ts'
import { compileTarget } from './target/compile.ts'
import { targetConfig } from './target/config.ts'
import { compileUnion } from './union/compile.ts'
import { unionConfig } from './union/config.ts'
import { compileUnpivot } from './unpivot/compile.ts'
import { unpivotConfig } from './unpivot/config.ts'
import { compileValidate, VALIDATE_OUTPUTS } from './validate/compile.ts'
import { validateConfig } from './validate/config.ts'
import { compileWindow } from './window/compile.ts'
import { windowConfig } from './window/config.ts'

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
  lookup: defineNode({
    group: 'combine',
    schema: lookupConfig,
    compile: compileLookup,
    inputs: ({ input, from }) => portsOf({ input, from }),
    outputs: lookupOutputs,
    rejectOutputs: ['rejects'],
    scope: perSet,
  }),
  union: defineNode({
    group: 'combine',
    schema: unionConfig,
    compile: compileUnion,
    inputs: ({ inputs }) => inputs.map((text, i) => ({ field: `inputs.${i}`, text })),
    outputs: mainOutput,
    scope: perSet,
  }),
  aggregate: defineNode({ ...oneSet, group: 'summary', schema: aggregateConfig, compile: compileAggregate }),
  dedupe: defineNode({ ...oneSet, group: 'rows', schema: dedupeConfig, compile: compileDedupe, keepsColumns: true }),
  sort: defineNode({ ...oneSet, group: 'rows', schema: sortConfig, compile: compileSort, keepsColumns: true }),
  limit: defineNode({ ...oneSet, group: 'rows', schema: limitConfig, compile: compileLimit, keepsColumns: true }),
  sample: defineNode({
    ...one,
    group: 'rows',
    schema: sampleConfig,
    compile: compileSample,
    scope: ({ rows }) => (rows === undefined ? 'row' : 'set'),
    keepsColumns: true,
  }),
  window: defineNode({ ...oneSet, group: 'summary', schema: windowConfig, compile: compileWindow }),
  pivot: defineNode({ ...oneSet, group: 'summary', schema: pivotConfig, compile: compilePivot }),
  unpivot: defineNode({ ...one, group: 'summary', schema: unpivotConfig, compile: compileUnpivot }),
  split: defineNode({ ...one, group: 'rows', schema: splitConfig, compile: compileSplit, outputs: splitOutputs }),
  explode: defineNode({ ...one, group: 'nested', schema: explodeConfig, compile: compileExplode }),
  flatten: defineNode({ ...one, group: 'nested', schema: flattenConfig, compile: compileFlatten }),
  parse: defineNode({
    ...one,
    group: 'columns',
    schema: parseConfig,
    compile: compileParse,
    outputs: () => ['out', 'rejects'],
    rejectOutputs: ['rejects'],
  }),
  compare: defineNode({
    group: 'quality',
    schema: compareConfig,
    compile: compileCompare,
    inputs: ({ old, new: now }) => portsOf({ old, new: now }),
    outputs: () => COMPARE_OUTPUTS,
    scope: perSet,
  }),
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
