import { failureOf } from '../../../engine/contract/api/failure-of.ts'

/** What was written; undefined when somebody else changed the file meanwhile, and then nothing was. */
export async function unlessChanged<Written>(writing: Promise<Written>): Promise<Written | undefined> {
  try {
    return await writing
  } catch (error) {
    if (failureOf(error).code !== 'workspace.file_changed') throw error
    return undefined
  }
}
