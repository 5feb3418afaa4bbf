import type { EngineClient } from '../../../engine/contract/api.ts'
import { unlessChanged } from '../../app/conflict/unless-changed.ts'
import { useConflict } from '../../app/conflict/use-conflict.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { isEdited, type JobEdits, savedAs } from './job-edits.ts'

interface EditedJob {
  readonly job: string
  /** Of the file that the editing began with. */
  readonly digest: string
  readonly setDigest: (digest: string) => void
  readonly edits: JobEdits
  readonly change: (change: (edits: JobEdits) => JobEdits) => void
  readonly onReload: () => void
}

interface Texts {
  /** What is edited, as text; undefined when it cannot be printed. */
  readonly textNow: () => Promise<string | undefined>
  /** No draft is needed any more. */
  readonly settled: () => void
  /** Writes the draft; true when it is on the disk. */
  readonly keep: () => Promise<boolean>
}

/** Saves a job, unless somebody else changed its file meanwhile: then a person chooses. */
export function useJobSaving(
  { job, digest, setDigest, edits, change, onReload }: EditedJob,
  { textNow, settled, keep }: Texts,
) {
  const saving = useAct((engine, content: JobText) => saveJob(engine, job, content), ['jobFiles', 'workspace'])
  const write = async (expectedDigest: string): Promise<boolean> => {
    const { now } = edits
    const text = await textNow()
    if (text === undefined) return false
    const saved = await saving.run({ text, expectedDigest })
    if (saved === undefined) return false
    if ('theirs' in saved) {
      const { file, theirs, version } = saved
      meet({ version, conflict: { file, theirs, mine: text } })
      return false
    }
    setDigest(saved.digest)
    change((current) => savedAs(current, now, text))
    settled()
    return true
  }
  const takeTheirs = async (): Promise<void> => {
    if (await keep()) onReload()
  }
  const { conflict, meet, settle } = useConflict({ overwrite: write, takeTheirs })
  return {
    /** True when everything is on the disk. */
    save: async (): Promise<boolean> => !isEdited(edits) || write(digest),
    conflict,
    settle,
    saving,
  }
}

interface JobText {
  readonly text: string
  readonly expectedDigest: string
}

/** Saves, or gives what somebody else saved meanwhile. */
async function saveJob(engine: EngineClient, job: string, { text, expectedDigest }: JobText) {
  const saved = await unlessChanged(engine.jobFiles.save({ job, content: { text }, expectedDigest }))
  if (saved !== undefined) return saved
  const theirs = await engine.jobFiles.get({ job })
  return { file: `jobs/${job}.yaml`, theirs: theirs.text, version: theirs.digest }
}
