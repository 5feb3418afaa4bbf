import { defineNode, type NodeKind } from '../node-kind.ts'
import { inputPort, mainOutput, perRow, perSet, portsOf } from '../node-ports.ts'
import { compileAggregate } from './aggregate/compile.ts'
import { aggregateConfig } from './aggregate/config.ts'
import { aggregateMeta } from './aggregate/meta.ts'
import { COMPARE_OUTPUTS, compileCompare } from './compare/compile.ts'
import { compareConfig } from './compare/config.ts'
import { compareMeta } from './compare/meta.ts'
import { compileConvertCode, convertCodeOutputs } from './convert-code/compile.ts'
import { convertCodeConfig } from './convert-code/config.ts'
import { convertCodeMeta } from './convert-code/meta.ts'
import { compileDedupe } from './dedupe/compile.ts'
import { dedupeConfig } from './dedupe/config.ts'
import { dedupeMeta } from './dedupe/meta.ts'
import { compileExplode } from './explode/compile.ts'
import { explodeConfig } from './explode/config.ts'
import { explodeMeta } from './explode/meta.ts'
import { compileFilter } from './filter/compile.ts'
import { filterConfig } from './filter/config.ts'
import { filterMeta } from './filter/meta.ts'
import { compileFlatten } from './flatten/compile.ts'
import { flattenConfig } from './flatten/config.ts'
import { flattenMeta } from './flatten/meta.ts'
import { compileJoin } from './join/compile.ts'
import { joinConfig } from './join/config.ts'
import { joinMeta } from './join/meta.ts'
import { compileLimit } from './limit/compile.ts'
import { limitConfig } from './limit/config.ts'
import { limitMeta } from './limit/meta.ts'
import { compileLookup, lookupOutputs } from './lookup/compile.ts'
import { lookupConfig } from './lookup/config.ts'
import { lookupMeta } from './lookup/meta.ts'
import { compileMap } from './map/compile.ts'
import { mapConfig } from './map/config.ts'
import { mapMeta } from './map/meta.ts'
import { compileMask } from './mask/compile.ts'
import { maskConfig } from './mask/config.ts'
import { maskMeta } from './mask/meta.ts'
import { compileParse } from './parse/compile.ts'
import { parseConfig } from './parse/config.ts'
import { parseMeta } from './parse/meta.ts'
import { compilePivot } from './pivot/compile.ts'
import { pivotConfig } from './pivot/config.ts'
import { pivotMeta } from './pivot/meta.ts'
import { compileSample } from './sample/compile.ts'
import { sampleConfig } from './sample/config.ts'
import { sampleMeta } from './sample/meta.ts'
import { compileSort } from './sort/compile.ts'
import { sortConfig } from './sort/config.ts'
import { sortMeta } from './sort/meta.ts'
import { compileSource } from './source/compile.ts'
import { sourceConfig } from './source/config.ts'
import { sourceMeta } from './source/meta.ts'
import { compileSplit, splitOutputs } from './split/compile.ts'
import { splitConfig } from './split/config.ts'
import { splitMeta } from './split/meta.ts'
import { compileSql, sqlInputs } from './sql/compile.ts'
import { sqlConfig } from './sql/config.ts'
import { sqlMeta } from './sql/meta.ts'
import { compileTarget } from './target/compile.ts'
import { targetConfig } from './target/config.ts'
import { targetMeta } from './target/meta.ts'
import { compileUnion } from './union/compile.ts'
import { unionConfig } from './union/config.ts'
import { unionMeta } from './union/meta.ts'
import { compileUnpivot } from './unpivot/compile.ts'
import { unpivotConfig } from './unpivot/config.ts'
import { unpivotMeta } from './unpivot/meta.ts'
import { compileValidate, VALIDATE_OUTPUTS } from './validate/compile.ts'
import { validateConfig } from './validate/config.ts'
import { validateMeta } from './validate/meta.ts'
import { compileWindow } from './window/compile.ts'
import { windowConfig } from './window/config.ts'
import { windowMeta } from './window/meta.ts'

const one = { inputs: inputPort, outputs: mainOutput, scope: perRow } as const
/** Checks that look at other rows. */
const SET_CHECKS = new Set(['unique', 'functional_dependency'])
const oneSet = { inputs: inputPort, outputs: mainOutput, scope: perSet } as const

/** Every node type: the only place that knows them all. */
export const NODES = {
  source: defineNode({
    group: 'source',
    schema: sourceConfig,
    meta: sourceMeta,
    compile: compileSource,
    inputs: () => [],
    outputs: mainOutput,
    scope: perRow,
  }),
  sql: defineNode({
    group: 'combine',
    schema: sqlConfig,
    meta: sqlMeta,
    compile: compileSql,
    inputs: sqlInputs,
    outputs: mainOutput,
    scope: perSet,
  }),
  filter: defineNode({
    ...one,
    group: 'rows',
    schema: filterConfig,
    meta: filterMeta,
    compile: compileFilter,
    keepsColumns: true,
  }),
  map: defineNode({ ...one, group: 'columns', schema: mapConfig, meta: mapMeta, compile: compileMap }),
  join: defineNode({
    group: 'combine',
    schema: joinConfig,
    meta: joinMeta,
    compile: compileJoin,
    inputs: ({ left, right }) => portsOf({ left, right }),
    outputs: mainOutput,
    scope: perSet,
  }),
  lookup: defineNode({
    group: 'combine',
    schema: lookupConfig,
    meta: lookupMeta,
    compile: compileLookup,
    inputs: ({ input, from }) => portsOf({ input, from }),
    outputs: lookupOutputs,
    rejectOutputs: ['rejects'],
    scope: perSet,
  }),
  union: defineNode({
    group: 'combine',
    schema: unionConfig,
    meta: unionMeta,
    compile: compileUnion,
    inputs: ({ inputs }) => inputs.map((text, i) => ({ field: `inputs.${i}`, text })),
    outputs: mainOutput,
    scope: perSet,
  }),
  aggregate: defineNode({
    ...oneSet,
    group: 'summary',
    schema: aggregateConfig,
    meta: aggregateMeta,
    compile: compileAggregate,
  }),
  dedupe: defineNode({
    ...oneSet,
    group: 'rows',
    schema: dedupeConfig,
    meta: dedupeMeta,
    compile: compileDedupe,
    keepsColumns: true,
  }),
  sort: defineNode({
    ...oneSet,
    group: 'rows',
    schema: sortConfig,
    meta: sortMeta,
    compile: compileSort,
    keepsColumns: true,
  }),
  limit: defineNode({
    ...oneSet,
    group: 'rows',
    schema: limitConfig,
    meta: limitMeta,
    compile: compileLimit,
    keepsColumns: true,
  }),
  sample: defineNode({
    ...one,
    group: 'rows',
    schema: sampleConfig,
    meta: sampleMeta,
    compile: compileSample,
    scope: ({ rows }) => (rows === undefined ? 'row' : 'set'),
    keepsColumns: true,
  }),
  window: defineNode({ ...oneSet, group: 'summary', schema: windowConfig, meta: windowMeta, compile: compileWindow }),
  pivot: defineNode({ ...oneSet, group: 'summary', schema: pivotConfig, meta: pivotMeta, compile: compilePivot }),
  unpivot: defineNode({ ...one, group: 'summary', schema: unpivotConfig, meta: unpivotMeta, compile: compileUnpivot }),
  split: defineNode({
    ...one,
    group: 'rows',
    schema: splitConfig,
    meta: splitMeta,
    compile: compileSplit,
    outputs: splitOutputs,
  }),
  explode: defineNode({ ...one, group: 'nested', schema: explodeConfig, meta: explodeMeta, compile: compileExplode }),
  flatten: defineNode({ ...one, group: 'nested', schema: flattenConfig, meta: flattenMeta, compile: compileFlatten }),
  parse: defineNode({
    ...one,
    group: 'columns',
    schema: parseConfig,
    meta: parseMeta,
    compile: compileParse,
    outputs: () => ['out', 'rejects'],
    rejectOutputs: ['rejects'],
  }),
  compare: defineNode({
    group: 'quality',
    schema: compareConfig,
    meta: compareMeta,
    compile: compileCompare,
    inputs: ({ old, new: now }) => portsOf({ old, new: now }),
    outputs: () => COMPARE_OUTPUTS,
    scope: perSet,
  }),
  validate: defineNode({
    ...one,
    group: 'quality',
    schema: validateConfig,
    meta: validateMeta,
    compile: compileValidate,
    outputs: () => VALIDATE_OUTPUTS,
    rejectOutputs: ['rejects'],
    scope: ({ rules }) => (rules.some(({ check }) => SET_CHECKS.has(check)) ? 'set' : 'row'),
    keepsColumns: true,
  }),
  convert_code: defineNode({
    ...one,
    group: 'quality',
    schema: convertCodeConfig,
    meta: convertCodeMeta,
    compile: compileConvertCode,
    outputs: convertCodeOutputs,
    rejectOutputs: ['rejects'],
  }),
  mask: defineNode({
    ...one,
    group: 'quality',
    schema: maskConfig,
    meta: maskMeta,
    compile: compileMask,
    scope: ({ columns }) => (columns.some(({ mask }) => mask.method === 'shuffle') ? 'set' : 'row'),
  }),
  target: defineNode({
    ...oneSet,
    group: 'target',
    schema: targetConfig,
    meta: targetMeta,
    compile: compileTarget,
    outputs: () => [],
  }),
} as const satisfies Record<string, NodeKind>

export type NodeType = keyof typeof NODES

export function nodeKind(type: string): NodeKind | undefined {
  return isNodeType(type) ? NODES[type] : undefined
}

function isNodeType(type: string): type is NodeType {
  return Object.hasOwn(NODES, type)
}
