import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { datasetKindSchema, datasetRefSchema, datasetSchemaSchema, datasetSummarySchema } from '../dataset.ts'
import { diagnosisStageSchema } from '../diagnosis.ts'
import { localizedSchema } from '../localized.ts'
import { settingsFormSchema } from '../settings-form.ts'
import { procedure } from './procedure.ts'

/** Settings of another environment than the workspace's default. */
const environment = z.string().optional()

/** One kind of system a connection can be of, with everything a form needs. */
export const connectionKindSchema = z.object({
  kind: z.string(),
  title: localizedSchema,
  group: z.enum(['file', 'database', 'queue']),
  /** Of `settings`, without the secrets. */
  fields: settingsFormSchema,
  secrets: z.array(
    z.object({
      name: z.string(),
      title: localizedSchema,
      description: localizedSchema,
      required: z.boolean(),
      /** It plays a part only where this setting is an object of one of these kinds. */
      onlyFor: z.object({ setting: z.string(), kinds: z.array(z.string()) }).optional(),
    }),
  ),
  /** File name endings with their dot, of files that this kind opens. */
  extensions: z.array(z.string()),
  sourceOptions: settingsFormSchema,
  targetOptions: settingsFormSchema,
})
export type ConnectionKind = z.infer<typeof connectionKindSchema>

/** A connection's file as a form edits it; checked by the connector of its kind. */
export const connectionDocumentSchema = z.object({
  kind: z.string(),
  description: z.string().optional(),
  settings: z.record(z.string(), z.json()),
})
export type ConnectionDocument = z.infer<typeof connectionDocumentSchema>

/** Secret fields by name: a text sets one, null forgets it, a field that is not named stays as it is. */
const secretsSchema = z.record(z.string(), z.string().min(1).nullable())

/** Settings of one connection that one environment has other values for; others are those of the connection's file. */
const ownSettingsSchema = z.record(z.string(), z.json())
export type OwnSettings = z.infer<typeof ownSettingsSchema>

const environmentValuesSchema = z.object({
  environment: z.string(),
  settings: ownSettingsSchema,
  /** The secret fields that it has values of its own for: whether the value can be resolved now. */
  secrets: z.record(z.string(), z.boolean()),
})
export type EnvironmentValues = z.infer<typeof environmentValuesSchema>

/** A form as it stands, by the connection's file and the environments that it changes. */
const connectionFormSchema = z.object({
  connection: z.string(),
  document: connectionDocumentSchema,
  environments: z.record(z.string(), z.object({ settings: ownSettingsSchema })).optional(),
})

const storedConnectionSchema = z.object({
  /** Undefined when the file is not a valid connection. */
  document: connectionDocumentSchema.optional(),
  text: z.string(),
  /** Of the text; what `save` expects to find. */
  digest: z.string(),
  /** Every secret field of the kind: whether a value can be resolved now. Never the value. */
  secrets: z.record(z.string(), z.boolean()),
  /** Every environment of the workspace, also those that say nothing about this connection; in name order. */
  environments: z.array(environmentValuesSchema),
})

/** A schema that can be expanded, or a dataset. */
const treeItemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('schema'), id: z.string(), name: z.string(), datasets: z.number() }),
  z.object({
    kind: z.literal('dataset'),
    /** The dataset's name in its connection: `connection:id` is its reference. */
    id: z.string(),
    /** The last part of it, to show. */
    name: z.string(),
    datasetKind: datasetKindSchema,
    comment: z.string().optional(),
    /** By the system's own statistics. */
    rows: z.string().optional(),
    sizeBytes: z.number().optional(),
  }),
])
export type TreeItem = z.infer<typeof treeItemSchema>

/** A column that was seen before: of a snapshot, or of a dataset that was opened or described. */
const knownColumnSchema = z.object({ dataset: z.string(), column: z.string(), type: z.string() })
export type KnownColumn = z.infer<typeof knownColumnSchema>

export const connectionsProcedures = {
  list: procedure.output(z.array(z.object({ name: z.string(), kind: z.string(), description: z.string().optional() }))),
  /** Every kind of connection. Needs no workspace. */
  kinds: procedure.output(z.array(connectionKindSchema)),
  get: procedure.input(z.object({ connection: z.string() })).output(storedConnectionSchema),
  /**
   * Writes `connections/<name>.yaml`, keeping its comments, and the secrets to the secret store. Without `expectedDigest` the
   * connection must be new: `workspace.file_changed` otherwise, and when the file is not what it was.
   *
   * What `environments` says of the connection replaces what those files said; an environment that is not named stays as it is, one
   * that does not exist is made. `expected` is what it said when the editing began: `workspace.file_changed`, naming its file, when
   * it says something else by now. Everything is checked before anything is written.
   */
  save: procedure
    .input(
      z.object({
        connection: z.string(),
        document: connectionDocumentSchema,
        secrets: secretsSchema.optional(),
        expectedDigest: z.string().optional(),
        environments: z
          .record(
            z.string(),
            z.object({
              settings: ownSettingsSchema,
              expected: ownSettingsSchema,
              secrets: secretsSchema.optional(),
            }),
          )
          .optional(),
      }),
    )
    /** `environments`: what those that were named say of the connection now; secrets are references there. */
    .output(z.object({ digest: z.string(), environments: z.record(z.string(), ownSettingsSchema) })),
  /** The files that a form would change, in name order: as they are on the disk now, and as they would be. Nothing is written. */
  changes: procedure
    .input(connectionFormSchema)
    .output(z.array(z.object({ file: z.string(), before: z.string(), after: z.string() }))),
  /** Removes the file and the secrets it alone refers to. */
  remove: procedure.input(z.object({ connection: z.string() })).output(z.object({ removed: z.boolean() })),
  /**
   * The staged self-test; every stage once, as it ends. A failing system is a stage, not an error. With a draft the connection
   * need not exist; a secret that the draft does not name is taken from the stored connection of that name.
   */
  diagnose: procedure
    .input(
      z.object({
        connection: z.string(),
        environment,
        draft: z.object({ document: connectionDocumentSchema, secrets: secretsSchema.optional() }).optional(),
      }),
    )
    .output(eventIterator(diagnosisStageSchema)),
  datasets: procedure
    .input(z.object({ connection: z.string(), search: z.string().optional(), environment }))
    .output(z.array(datasetSummarySchema)),
  /**
   * One level of a connection's tree, in name order: schemas first where the system has them, then datasets. With `search` all
   * datasets of which a part of the name contains it, without schemas. `refresh` asks the system again.
   */
  tree: procedure
    .input(
      z.object({
        connection: z.string(),
        /** The id of a schema; the top level without. */
        parent: z.string().optional(),
        search: z.string().optional(),
        /** What `next` was. */
        cursor: z.string().optional(),
        limit: z.int().min(1).max(10_000).default(500),
        refresh: z.boolean().optional(),
        environment,
      }),
    )
    .output(
      z.object({
        items: z.array(treeItemSchema),
        /** Of this level. */
        total: z.number(),
        next: z.string().optional(),
      }),
    ),
  /** Known columns of which the name contains `search`, those that begin with it first. Asks no system. */
  columns: procedure
    .input(z.object({ search: z.string().min(1), limit: z.int().min(1).max(1_000).default(50) }))
    .output(z.array(knownColumnSchema)),
  describe: procedure
    .input(z.object({ dataset: datasetRefSchema, options: z.record(z.string(), z.json()).optional(), environment }))
    .output(datasetSchemaSchema),
}
