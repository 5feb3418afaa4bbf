import { z } from 'zod'
import type { PipelineDraft } from '../../../contract/api/authoring.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Language } from '../../../contract/localized.ts'
import type { PipelineFile } from '../../../contract/pipeline-file.ts'
import { fileOf } from '../../../workspace/layout.ts'
import { printProblem } from '../../../workspace/load.ts'
import { parseFile } from '../../../workspace/parse-file.ts'
import { readWorkspaceText } from '../../../workspace/read-file.ts'
import type { Workspace, WorkspaceProblem } from '../../../workspace/workspace.ts'
import { editYaml, printYaml } from '../../../workspace/write-yaml.ts'
import { findPipeline } from '../find-pipeline.ts'
import { type LenientDocument, lenientDocument } from './lenient-document.ts'

export interface Asked {
  readonly pipeline: string
  readonly draft?: PipelineDraft | undefined
}

export interface AskedDocument extends LenientDocument {
  /** Problems that leave no value at all: text that is not YAML. */
  readonly syntax: readonly WorkspaceProblem[]
}

/**
 * The pipeline that a question is about: the draft, or the file as it is saved. What is wrong with it is said, not thrown.
 * @throws Failure `workspace.name_unknown` when there is neither
 */
export async function askedDocument(workspace: Workspace, asked: Asked, language: Language): Promise<AskedDocument> {
  const { pipeline, draft } = asked
  if (draft !== undefined && 'document' in draft) return { ...lenientDocument(draft.document, language), syntax: [] }
  const file = fileOf('pipelines', pipeline)
  if (draft !== undefined) return fromText(file, draft.text, language)
  const saved = workspace.pipelines.get(pipeline)
  if (saved !== undefined) return { ...lenientDocument(saved, language), syntax: [] }
  const read = await readWorkspaceText(workspace.directory, file, language)
  if ('text' in read) return fromText(file, read.text, language)
  return { ...lenientDocument(findPipeline(workspace, pipeline), language), syntax: [] }
}

/**
 * The same for work that needs the nodes themselves: of a draft the nodes whose form is sound.
 * @throws Failure `workspace.invalid` when a saved file has problems, or a draft is no document at all
 */
export async function askedPipeline(workspace: Workspace, asked: Asked, language: Language): Promise<PipelineFile> {
  if (asked.draft === undefined) return findPipeline(workspace, asked.pipeline)
  const { file, syntax } = await askedDocument(workspace, asked, language)
  if (syntax.length > 0) throw new Failure('workspace.invalid', { problems: syntax.map(printProblem).join('; ') })
  return file
}

/** The text a draft would be saved as. */
export async function draftText(workspace: Workspace, pipeline: string, draft: PipelineDraft): Promise<string> {
  if ('text' in draft) return draft.text
  const read = await readWorkspaceText(workspace.directory, fileOf('pipelines', pipeline), 'en')
  return 'text' in read ? editYaml(read.text, draft.document) : printYaml(draft.document)
}

function fromText(file: string, text: string, language: Language): AskedDocument {
  const { value, problems } = parseFile({ file, text, schema: z.unknown(), language })
  return { ...lenientDocument(problems.length > 0 ? { version: 1, nodes: {} } : value, language), syntax: problems }
}
