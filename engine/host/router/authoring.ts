import { implement } from '@orpc/server'
import { pipelinesProcedures } from '../../contract/api/pipelines.ts'
import { askedDocument } from './authoring/asked-document.ts'
import { nodeKinds } from './authoring/kinds.ts'
import { readLayout, writeLayout } from './authoring/layouts.ts'
import { parsePipelineText } from './authoring/parse-text.ts'
import { createPipeline, removePipeline, renamePipeline } from './authoring/pipeline-files.ts'
import { printPipeline } from './authoring/print.ts'
import { sourceSchemas } from './authoring/source-schemas.ts'
import { pipelineState } from './authoring/state.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { parametersFor } from './find-pipeline.ts'
import { openWorkspace } from './open-workspace.ts'
import { resourcesOf } from './resources.ts'

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
}
