import { access, constants } from 'node:fs/promises'
import type { DiagnosisStage } from '../../contract/diagnosis.ts'
import { type FileFolder, type FolderFile, listFiles } from './file-folder.ts'
import { stagedDiagnosis } from './staged-diagnosis.ts'

/**
 * The self-test of a folder of files: whether it can be listed and written, and whether its first file can be read.
 *
 * `probe` reads the beginning of a file and throws the connector's own failures.
 */
export function diagnoseFolder(
  folder: FileFolder,
  extensions: readonly string[],
  probe: (file: FolderFile) => Promise<void>,
): AsyncGenerator<DiagnosisStage> {
  let first: FolderFile | undefined
  return stagedDiagnosis({
    privileges: async () => {
      const files = await listFiles(folder, extensions)
      first = files[0]
      const isWritable = await access(folder.path, constants.W_OK).then(
        () => true,
        () => false,
      )
      return `${files.length} files; the folder is ${isWritable ? 'readable and writable' : 'readable only'}`
    },
    read: async () => {
      if (first === undefined) return 'there is no file yet'
      await probe(first)
      return `${first.name} can be read`
    },
  })
}
