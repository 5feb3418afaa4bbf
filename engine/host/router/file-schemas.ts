import { z } from 'zod'
import { CONNECTOR_KINDS, connectorOfKind } from '../../connectors/all.ts'
import { connectionFileSchema } from '../../contract/connection-file.ts'
import { profileSchema } from '../../contract/profile/profile.ts'
import { testsFileSchema } from '../../contract/tests-file.ts'
import { NODES } from '../../pipeline/nodes/all.ts'
import { NAMED_FILES, workspaceSchema } from '../../workspace/layout.ts'

type JsonSchema = Record<string, unknown>

/** JSON Schemas of all workspace files, by file name: `workspace.schema.json`, `connection.schema.json`, … */
export async function fileSchemas(): Promise<Record<string, JsonSchema>> {
  return {
    'workspace.schema.json': jsonSchema(workspaceSchema),
    'connection.schema.json': await connectionSchema(),
    'environment.schema.json': jsonSchema(NAMED_FILES.environments),
    'pipeline.schema.json': pipelineSchema(),
    'tests.schema.json': jsonSchema(testsFileSchema),
    'profile.schema.json': jsonSchema(profileSchema),
    'job.schema.json': jsonSchema(NAMED_FILES.jobs),
    'sync.schema.json': jsonSchema(NAMED_FILES.syncs),
    'policy.schema.json': jsonSchema(NAMED_FILES.policies),
    'rules.schema.json': jsonSchema(NAMED_FILES.rules),
    'standard.schema.json': jsonSchema(NAMED_FILES.standards),
    'classes.schema.json': jsonSchema(NAMED_FILES['standards/classes']),
    'codes.schema.json': jsonSchema(NAMED_FILES['standards/codes']),
  }
}

/** One variant per node type. */
function pipelineSchema(): JsonSchema {
  const variants = Object.entries(NODES).map(([type, { schema }]) => {
    const node = embedded(schema)
    return { ...node, properties: { ...Object(node['properties']), type: { const: type } } }
  })
  const base = jsonSchema(NAMED_FILES.pipelines)
  const nodes = { ...Object(Object(base['properties']).nodes), additionalProperties: { oneOf: variants } }
  return { ...base, properties: { ...Object(base['properties']), nodes } }
}

/** One variant per kind, so that an editor offers the settings of the kind that was chosen. */
async function connectionSchema(): Promise<JsonSchema> {
  const variants: JsonSchema[] = []
  for (const kind of CONNECTOR_KINDS) {
    const connector = await connectorOfKind(kind)
    if (connector === undefined) continue
    const settings = embedded(connector.config)
    variants.push({
      properties: { kind: { const: kind }, settings: withPlaceholders(settings, connector.secrets) },
    })
  }
  const base = jsonSchema(connectionFileSchema.extend({ kind: z.enum(CONNECTOR_KINDS) }))
  return variants.length === 0 ? base : { ...base, oneOf: variants }
}

/** Any setting may be `${env:NAME}`; secret fields must come from somewhere else than the file. */
function withPlaceholders(settings: JsonSchema, secrets: readonly string[]): JsonSchema {
  const { required: _required, properties, ...rest } = settings
  const secretFields = secrets.map((field) => [field, { type: 'string', pattern: String.raw`\$\{(secret|env):` }])
  return { ...rest, properties: { ...Object(properties), ...Object.fromEntries(secretFields) } }
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  return { ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) }
}

function embedded(schema: z.ZodType): JsonSchema {
  const { $schema: _$schema, ...rest } = jsonSchema(schema)
  return rest
}
