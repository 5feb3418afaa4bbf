import { implement } from '@orpc/server'
import { pipelinesProcedures } from '../../contract/api/pipelines.ts'
import { preflight } from '../../run/preflight/preflight.ts'
import { previewOutput } from '../../run/preview.ts'
import { rehearseRun } from '../../run/rehearse.ts'
import { fileOf } from '../../workspace/layout.ts'
import { readFileText } from '../../workspace/read-file.ts'
import { digestOf, saveFile } from '../../workspace/save.ts'
import { askedPipeline, draftText } from './authoring/asked-document.ts'
import { authoringRouter } from './authoring.ts'
import { checkDraft, checkPipelines } from './check-pipelines.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { findPipeline, outputNamed, parametersFor } from './find-pipeline.ts'
import { traceLineage } from './lineage.ts'
import { openWorkspace } from './open-workspace.ts'
import { resourcesOf } from './resources.ts'
import { designPorts } from './run-ports.ts'
import { sourceFiles } from './source-files.ts'
import { settingLimits } from './studio/settings.ts'

const area = implement(pipelinesProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const pipelinesRouter = {
  ...authoringRouter,
  list: area.list.handler(async ({ context }) => {
    const { pipelines } = await openWorkspace(context)
    return [...pipelines].map(([name, { description, nodes }]) => ({
      name,
      ...(description === undefined ? {} : { description }),
      nodes: Object.keys(nodes).length,
    }))
  }),
  get: area.get.handler(async ({ input, context }) => {
    const workspace = await openWorkspace(context)
    const document = findPipeline(workspace, input.pipeline)
    const text = await readFileText(workspace.directory, fileOf('pipelines', input.pipeline))
    return { document, text, digest: digestOf(text) }
  }),
  save: area.save.handler(async ({ input, context }) => {
    const { directory } = await openWorkspace(context)
    const { pipeline: name, content, expectedDigest } = input
    return saveFile({
      directory,
      folder: 'pipelines',
      name,
      content,
      ...(expectedDigest === undefined ? {} : { expectedDigest }),
    })
  }),
  sourceFiles: area.sourceFiles.handler(async ({ input, context }) => {
    const source = await connectionSource(context, input.environment)
    return sourceFiles(source, findPipeline(source.workspace, input.pipeline))
  }),
  check: area.check.handler(async ({ input, context }) => {
    const workspace = await openWorkspace(context)
    const file = fileOf('pipelines', input.pipeline)
    if (input.draft !== undefined) {
      const { bind } = resourcesOf(context).desk
      const text = await draftText(workspace, input.pipeline, input.draft)
      return checkDraft(workspace, { name: input.pipeline, text, bind }, context.language)
    }
    const ofFile = workspace.problems.filter((problem) => problem.file === file)
    if (ofFile.length > 0) return ofFile
    findPipeline(workspace, input.pipeline)
    return checkPipelines(workspace, [input.pipeline], context.language)
  }),
  preview: area.preview.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const file = await askedPipeline(source.workspace, input, context.language)
    const { environment, parameters, offline, limitRows } = input
    const ports = await designPorts(source)
    const result = await previewOutput(
      {
        pipelineName: input.pipeline,
        file,
        ref: outputNamed(input.output),
        limitRows,
        offline,
        parameters: parametersFor(source.workspace, file, { environment, parameters }),
        bind: resourcesOf(context).desk.bind,
        ...(await settingLimits(context)),
      },
      ports,
      signal,
    )
    const { columns, rows, rejects, warnings, ...rest } = result
    return {
      output: input.output,
      columns: [...columns],
      rows: rows.map((row) => [...row]),
      rejects: [...rejects],
      warnings: [...warnings],
      ...rest,
    }
  }),
  lineage: area.lineage.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const file = await askedPipeline(source.workspace, input, context.language)
    const { environment, parameters } = input
    return traceLineage(
      {
        pipelineName: input.pipeline,
        file,
        parameters: parametersFor(source.workspace, file, { environment, parameters }),
        ref: outputNamed(input.output),
        column: input.column,
        bind: resourcesOf(context).desk.bind,
      },
      await designPorts(source),
      signal,
    )
  }),
  preflight: area.preflight.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const file = await askedPipeline(source.workspace, input, context.language)
    const { environment, parameters, offline, limitRows } = input
    const request = {
      pipelineName: input.pipeline,
      file,
      parameters: parametersFor(source.workspace, file, { environment, parameters }),
      offline,
      kindOf: (connection: string) => source.workspace.connections.get(connection)?.kind ?? '',
      ...(limitRows === undefined ? {} : { limitRows }),
    }
    return preflight(request, await designPorts(source), signal)
  }),
  plan: area.plan.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const file = await askedPipeline(source.workspace, input, context.language)
    const { environment, parameters } = input
    const request = {
      pipelineName: input.pipeline,
      file,
      parameters: parametersFor(source.workspace, file, { environment, parameters }),
    }
    const targets = await rehearseRun(request, await designPorts(source), signal)
    return targets.map(({ statements, mappings, warnings, ...rest }) => ({
      ...rest,
      statements: [...statements],
      mappings: [...mappings],
      warnings: [...warnings],
    }))
  }),
}
