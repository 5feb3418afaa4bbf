import { implement } from '@orpc/server'
import { pipelinesProcedures } from '../../contract/api/pipelines.ts'
import type { ParameterValues } from '../../contract/pipeline-file.ts'
import { type BiographyRequest, tellBiography, tellWhyNot } from '../../run/biography/biography.ts'
import { type Asked, askedDocument, askedPipeline } from './authoring/asked-document.ts'
import { completeExpression } from './authoring/complete-expression.ts'
import { completeText, hoverText } from './authoring/complete-text.ts'
import { evaluateExpression } from './authoring/evaluate.ts'
import { nodeKinds } from './authoring/kinds.ts'
import { readLayout, writeLayout } from './authoring/layouts.ts'
import { columnsOfOutput, inputsOf, upTo } from './authoring/node-input.ts'
import { parsePipelineText } from './authoring/parse-text.ts'
import { createPipeline, removePipeline, renamePipeline } from './authoring/pipeline-files.ts'
import { printPipeline } from './authoring/print.ts'
import { sourceSchemas } from './authoring/source-schemas.ts'
import { pipelineState } from './authoring/state.ts'
import { suggestForNode } from './authoring/suggest-for-node.ts'
import { textNames } from './authoring/text-names.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { outputNamed, parametersFor } from './find-pipeline.ts'
import { openWorkspace } from './open-workspace.ts'
import { resourcesOf } from './resources.ts'
import { designPorts } from './run-ports.ts'

const area = implement(pipelinesProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

/** What the editor of pipelines asks. */
export const authoringRouter = {
  kinds: area.kinds.handler(() => nodeKinds()),
  parse: area.parse.handler(({ input, context }) => parsePipelineText(input.text, context.language)),
  print: area.print.handler(({ input }) => ({ text: printPipeline(input.document, input.text) })),
  state: area.state.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const document = await askedDocument(source.workspace, input, context.language)
    const { environment, parameters, offline } = input
    const { desk } = resourcesOf(context)
    return pipelineState({
      name: input.pipeline,
      document,
      known: await sourceSchemas(document.file, { source, desk, offline, signal }),
      parameters: parametersFor(source.workspace, document.file, { environment, parameters }),
      desk,
      language: context.language,
    })
  }),
  create: area.create.handler(async ({ input, context }) =>
    createPipeline(await openWorkspace(context), input.pipeline, input.document),
  ),
  remove: area.remove.handler(async ({ input, context }) => ({
    removed: await removePipeline(await openWorkspace(context), input.pipeline),
  })),
  rename: area.rename.handler(async ({ input, context }) =>
    renamePipeline(await openWorkspace(context), input.pipeline, input.to),
  ),
  layout: area.layout.handler(async ({ input, context }) =>
    readLayout((await openWorkspace(context)).directory, input.pipeline),
  ),
  saveLayout: area.saveLayout.handler(async ({ input, context }) => ({
    file: await writeLayout((await openWorkspace(context)).directory, input.pipeline, input.layout),
  })),
  suggest: area.suggest.handler(async ({ input, context, signal }) => {
    const { file, parameters, schema, ports } = await deskWork(context, input, signal)
    return suggestForNode({ file, node: input.node, wanted: input.wanted, parameters, schema, ports })
  }),
  evaluate: area.evaluate.handler(async ({ input, context, signal }) => {
    const { file, parameters, schema, ports } = await deskWork(context, input, signal)
    const over = inputsOf(file, input.node)[input.input]
    if (over === undefined) return { references: [] }
    const { schemas } = await sourceSchemas(upTo(file, over), schema)
    const { expression, row, limitRows, offline } = input
    const { desk } = schema
    const { language } = context
    const request = { file, over, expression, row, limitRows, offline, parameters, schemas, desk, language }
    return evaluateExpression(request, ports, signal)
  }),
  complete: area.complete.handler(async ({ input, context, signal }) => {
    const { file, parameters, schema } = await deskWork(context, input, signal)
    const over = inputsOf(file, input.node)[input.input]
    const { schemas } = over === undefined ? { schemas: new Map() } : await sourceSchemas(upTo(file, over), schema)
    const known = { file, schemas, parameters, bind: schema.desk.bind }
    const columns = over === undefined ? [] : ((await columnsOfOutput(known, over)) ?? [])
    const functions = await schema.desk.functions()
    return completeExpression(input.expression, input.offset, { columns, parameters: file.parameters ?? {}, functions })
  }),
  completeText: area.completeText.handler(async ({ input, context, signal }) => {
    const { text, offset } = input
    return completeText({ text, offset, language: context.language }, textNames(context, input, signal))
  }),
  hoverText: area.hoverText.handler(({ input, context }) => {
    const hover = hoverText({ ...input, language: context.language })
    return hover === undefined ? {} : { hover }
  }),
  biography: area.biography.handler(async ({ input, context, signal }) => {
    const work = await deskWork(context, input, signal)
    return tellBiography(traceRequest(input, work), input.row, { ports: work.ports, signal })
  }),
  whyNot: area.whyNot.handler(async ({ input, context, signal }) => {
    const work = await deskWork(context, input, signal)
    return tellWhyNot(traceRequest(input, work), input.key, { ports: work.ports, signal })
  }),
}

interface DeskInput extends Asked {
  readonly environment?: string | undefined
  readonly parameters?: ParameterValues | undefined
  readonly offline: boolean
}

/** What every question that looks at rows or columns begins with. */
async function deskWork(context: HostContext, input: DeskInput, signal: AbortSignal | undefined) {
  const { environment, parameters, offline } = input
  const source = await connectionSource(context, environment)
  const file = await askedPipeline(source.workspace, input, context.language)
  return {
    file,
    parameters: parametersFor(source.workspace, file, { environment, parameters }),
    schema: { source, desk: resourcesOf(context).desk, offline, signal },
    ports: await designPorts(source),
  }
}

function traceRequest(
  { pipeline, output, offline }: { readonly pipeline: string; readonly output: string; readonly offline: boolean },
  { file, parameters, schema }: Awaited<ReturnType<typeof deskWork>>,
): BiographyRequest {
  const { bind } = schema.desk
  return { pipelineName: pipeline, file, ref: outputNamed(output), parameters, offline, bind }
}
