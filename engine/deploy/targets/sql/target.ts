import type { JobFile } from '../../../contract/job-file.ts'
import { openCompiler } from '../../../run/compiler.ts'
import { parametersOfStep } from '../../check-pipeline-step.ts'
import { partsOfJob } from '../../job-parts.ts'
import type { ExportedFile, ExportRequest, ExportTarget } from '../target.ts'
import { printPipeline } from './print-pipeline.ts'

/** A script for each step of the job, numbered in their order, and a README that says what each is. */
export const sqlTarget: ExportTarget = {
  title: { en: 'DuckDB SQL', zh: 'DuckDB SQL' },
  files: async (request) => {
    const { workspace, job: name, environment } = request
    const { job, pipelines } = partsOfJob(workspace, name)
    const inEnvironment: JobFile = environment === undefined ? job : { ...job, environment }
    const scripts: ExportedFile[] = []
    for (const [index, step] of job.steps.entries()) {
      // What a check found is no rows, and a sync is no SELECT.
      if (!('pipeline' in step)) continue
      const { pipeline, parameters } = step
      const file = pipelines.get(pipeline)
      if (file === undefined) continue
      await using compiler = await openCompiler({
        pipelineName: pipeline,
        file,
        parameters: parametersOfStep(workspace, inEnvironment, file, parameters ?? {}),
      })
      const compiled = await compiler.compile(columnsOf(request, pipeline))
      scripts.push({ name: scriptName(index, pipeline), text: printPipeline(compiled) })
    }
    return [{ name: 'README.md', text: readme(request, job) }, ...scripts]
  },
}

function columnsOf({ schemas }: ExportRequest, pipeline: string) {
  const prefix = `${pipeline}/`
  const own = Object.entries(schemas.sources).filter(([source]) => source.startsWith(prefix))
  return new Map(own.map(([source, columns]) => [source.slice(prefix.length), columns]))
}

function readme({ workspace, job: name, environment }: ExportRequest, job: JobFile): string {
  const applied = environment ?? job.environment ?? workspace.file.environment
  const lines = job.steps.map((step, index) => {
    if ('check' in step) return `- Step ${index + 1} checks ${step.check} by rules; it has no script.`
    if ('sync' in step) return `- Step ${index + 1} runs sync ${step.sync}; it has no script.`
    const { pipeline } = step
    const description = workspace.pipelines.get(pipeline)?.description
    return `- \`${scriptName(index, pipeline)}\`: pipeline ${pipeline}${description === undefined ? '' : `. ${description}`}`
  })
  return [
    `# ${name}`,
    '',
    ...(job.description === undefined ? [] : [job.description, '']),
    `Job ${name} of workspace ${workspace.file.name} as DuckDB SQL${applied === undefined ? '' : `, environment ${applied}`}.`,
    'The files are the steps of the job, in their order:',
    '',
    ...lines,
    '',
    'Each begins with the relations it expects (one for each source, with its columns), then has one SELECT for each target.',
    'What a target does with the rows (its mode and keys) stands above its SELECT.',
    '',
  ].join('\n')
}

function scriptName(index: number, pipeline: string): string {
  return `${String(index + 1).padStart(2, '0')}-${pipeline}.sql`
}
