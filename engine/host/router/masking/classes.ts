import type { ClassesFile } from '../../../contract/classes-file.ts'
import { Failure } from '../../../contract/failure.ts'
import type { ConfirmedClasses, PersonalClass } from '../../../contract/personal-class.ts'
import { rulesName } from '../../../contract/rules-name.ts'
import { fileOf } from '../../../workspace/layout.ts'
import { readFileText } from '../../../workspace/read-file.ts'
import { digestOf, saveFile } from '../../../workspace/save.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import { saveNamed } from '../named-files.ts'

/** What persons said about the columns of a dataset, from every file about it; the first in name order counts. */
export function classesOf({ classes }: Pick<Workspace, 'classes'>, dataset: string): ConfirmedClasses {
  const about = [...classes].filter(([, file]) => file.dataset === dataset).toSorted(([a], [b]) => (a < b ? 1 : -1))
  return new Map(
    about.flatMap(([, { columns }]) =>
      Object.entries(columns).map(([column, said]): [string, PersonalClass] => [column, said.class]),
    ),
  )
}

interface Confirmation {
  readonly dataset: string
  readonly column: string
  /** Undefined takes back what was said. */
  readonly class?: PersonalClass | undefined
}

/** Keeps what a person said in the file about the dataset, or a new one. Comments and notes stay. */
export async function confirmClass(workspace: Workspace, said: Confirmation): Promise<{ file: string }> {
  const { dataset, column } = said
  const files = [...workspace.classes].filter(([, file]) => file.dataset === dataset)
  const [name, file] = files.find(([, { columns }]) => Object.hasOwn(columns, column)) ?? files[0] ?? []
  if (name === undefined || file === undefined) {
    const fresh = rulesName(dataset)
    if (fresh === undefined) throw new Failure('usage.invalid', { reason: `${dataset} is not written connection:name` })
    const document = withSaid({ version: 1, dataset, columns: {} }, said)
    return saveNamed(workspace, CLASSES, fresh, { content: { document } })
  }
  const text = await readFileText(workspace.directory, fileOf(CLASSES, name))
  return saveFile({
    directory: workspace.directory,
    folder: CLASSES,
    name,
    content: { document: withSaid(file, said) },
    expectedDigest: digestOf(text),
  })
}

const CLASSES = 'standards/classes'

function withSaid(file: ClassesFile, { column, class: level }: Confirmation): ClassesFile {
  const entries = Object.entries(file.columns).filter(([name]) => name !== column || level !== undefined)
  const columns = Object.fromEntries(entries)
  return {
    ...file,
    columns: level === undefined ? columns : { ...columns, [column]: { ...columns[column], class: level } },
  }
}
