import type { z } from 'zod'
import type { Column } from '../contract/column.ts'
import type { FailureCode, FailureDetail } from '../contract/failure.ts'
import type { Sql } from '../sql/sql.ts'
import type { OutputLineage, OutputRef } from './compiled.ts'
import type { NodeMeta } from './node-meta.ts'

/** An input of a node as its compile function sees it. */
export interface InputRelation {
  readonly ref: OutputRef
  /** The quoted relation name, to stand in FROM. */
  readonly sql: Sql
  /** Hidden ones too. */
  readonly columns: readonly Column[]
}

/** An expression that was checked; `sql` is in brackets. */
export interface Expression {
  readonly sql: Sql
  /** Columns of the input it names, in the input's spelling. */
  readonly references: readonly string[]
}

export interface ExpressionScope {
  /** Which input the expression is over; the first by default. */
  readonly input?: number
  /** Another relation to be over: one the node makes itself. */
  readonly over?: InputRelation
  /** Whether the expression divides rows among outputs and so must be the same each time it is asked. */
  readonly decides?: boolean
}

/** A problem of one node; `node` is added by the caller. */
export type NodeProblem = {
  [Code in FailureCode]: Code extends `node.${string}`
    ? { readonly code: Code; readonly detail: Omit<FailureDetail<Code>, 'node'> }
    : never
}[FailureCode]

/**
 * What a node is compiled from. Nothing here touches a database: an expression is only read as tokens. Problems are gathered,
 * not thrown, so that a person sees all of them; after a problem the result of the compile function is not used.
 */
export interface CompileInput<Config> {
  readonly node: string
  readonly config: Config
  /** The first input. Nodes without inputs get an empty relation. */
  readonly input: InputRelation
  readonly inputs: readonly InputRelation[]
  /** Checks SQL text a person wrote; `field` is its path in the node's config. */
  readonly expression: (field: string, text: string, scope?: ExpressionScope) => Expression
  /** The input's column of this name (case does not count); reports an unknown one. */
  readonly column: (field: string, name: string, input?: number) => Column
  /** A checked type. */
  readonly type: (field: string, text: string) => Sql
  /** A full SELECT, checked; `relations` are the names it may read from. */
  readonly query: (field: string, text: string, relations: readonly string[]) => Sql
  readonly report: (problem: NodeProblem) => void
}

export interface NodeOutput {
  readonly name: string
  readonly relation: Sql
  readonly lineage: OutputLineage
}

/** Fields of a config that hold a reference to an output, or several. */
export interface InputPort {
  readonly field: string
  readonly text: string
}

export type NodeGroup = 'source' | 'rows' | 'columns' | 'combine' | 'summary' | 'nested' | 'quality' | 'target'

/** One node type as its line in `nodes/all.ts` declares it. */
export interface NodeSpec<Config> {
  readonly group: NodeGroup
  readonly schema: z.ZodType<Config>
  readonly meta: NodeMeta
  /** References to inputs, in the order in which `compile` gets them. */
  readonly inputs: (config: Config) => readonly InputPort[]
  /** Names of the outputs; the main one is `out`. */
  readonly outputs: (config: Config) => readonly string[]
  readonly rejectOutputs?: readonly string[]
  readonly scope: (config: Config) => 'row' | 'set'
  readonly compile: (input: CompileInput<Config>) => readonly NodeOutput[]
  /** The output `out` has the columns of the first input, so that later nodes can be checked even when this one is wrong. */
  readonly keepsColumns?: boolean
}

/** A node whose config was parsed; the config's type is closed over. */
export interface ParsedNode {
  readonly group: NodeGroup
  readonly config: unknown
  readonly inputs: readonly InputPort[]
  readonly outputs: readonly string[]
  readonly rejectOutputs: readonly string[]
  readonly scope: 'row' | 'set'
  readonly keepsColumns: boolean
  readonly compile: (input: CompileInput<unknown>) => readonly NodeOutput[]
}

export interface NodeKind {
  readonly group: NodeGroup
  readonly schema: z.ZodType
  readonly meta: NodeMeta
  readonly rejectOutputs: readonly string[]
  readonly parse: (config: unknown) => ParsedNode | z.core.$ZodIssue[]
}

/** Closes over the config type, so that all kinds fit one registry. */
export function defineNode<Config>(spec: NodeSpec<Config>): NodeKind {
  return {
    group: spec.group,
    schema: spec.schema,
    meta: spec.meta,
    rejectOutputs: spec.rejectOutputs ?? [],
    parse: (raw) => {
      const parsed = spec.schema.safeParse(raw)
      if (!parsed.success) return parsed.error.issues
      const config = parsed.data
      return {
        group: spec.group,
        config,
        inputs: spec.inputs(config),
        outputs: spec.outputs(config),
        rejectOutputs: (spec.rejectOutputs ?? []).filter((name) => spec.outputs(config).includes(name)),
        scope: spec.scope(config),
        keepsColumns: spec.keepsColumns === true,
        compile: (input) => spec.compile({ ...input, config }),
      }
    },
  }
}
