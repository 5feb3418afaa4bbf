import { isDeepStrictEqual } from 'node:util'
import type { PipelineFile } from '../../../contract/pipeline-file.ts'
import { editYaml, printYaml } from '../../../workspace/write-yaml.ts'
import { parsePipelineText } from './parse-text.ts'

/** A pipeline as text. What did not change since `text` keeps its comments, order and style; an unchanged document is `text` itself. */
export function printPipeline(document: PipelineFile, text: string | undefined): string {
  if (text === undefined || text.trim() === '') return printYaml(document)
  if (isDeepStrictEqual(parsePipelineText(text, 'en').document, document)) return text
  return editYaml(text, document)
}
