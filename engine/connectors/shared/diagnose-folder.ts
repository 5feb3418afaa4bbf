import { access, constants } from 'node:fs/promises'
import type { DiagnosisStage } from '../../contract/diagnosis.ts'
import type { OpenRequest } from '../api/connector.ts'
import { listFiles } from './file-folder.ts'
import type { FileFolder, FolderFile, ListedFile } from './folder-file.ts'
import { openFolder } from './open-folder.ts'
import type { FileConfig } from './places/config.ts'
import { diagnosePlace } from './places/diagnose-place.ts'
import { type DiagnosisSteps, stagedDiagnosis } from './staged-diagnosis.ts'

interface Probe {
  readonly extensions: readonly string[]
  /** Reads the beginning of a file and throws the connector's own failures. */
  readonly file: (file: FolderFile, folder: FileFolder) => Promise<void>
}

/** The self-test of a connection of files: whether its folder can be reached, listed and written, and whether its first file can be read. */
export async function* diagnoseFolder(request: OpenRequest<FileConfig>, probe: Probe): AsyncGenerator<DiagnosisStage> {
  let opening: Promise<FileFolder> | undefined
  let first: ListedFile | undefined
  const open = (): Promise<FileFolder> => (opening ??= openFolder(request))
  const { place } = request.config
  const steps: DiagnosisSteps = {
    ...(place === undefined ? {} : diagnosePlace(place, request.name, async () => void (await open()))),
    privileges: async () => {
      const folder = await open()
      const files = await listFiles(folder, probe.extensions, request.signal)
      first = files[0]
      if (folder.place !== undefined) return `${files.length} files can be listed`
      const isWritable = await access(folder.path, constants.W_OK).then(
        () => true,
        () => false,
      )
      return `${files.length} files; the folder is ${isWritable ? 'readable and writable' : 'readable only'}`
    },
    read: async () => {
      if (first === undefined) return 'there is no file yet'
      await probe.file(await first.open(request.signal), await open())
      return `${first.name} can be read`
    },
  }
  try {
    yield* stagedDiagnosis(steps)
  } finally {
    await (await opening?.catch(() => undefined))?.[Symbol.asyncDispose]()
  }
}
