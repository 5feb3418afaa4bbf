/** What a person dropped or chose at once: a file, or a folder with all in it. */
export interface Dropped {
  readonly name: string
  readonly isFolder: boolean
  /** Paths are relative to the folder, with `/`; of a file its name. */
  readonly files: readonly { readonly path: string; readonly file: File }[]
}

const MOST_FILES = 5_000

/** Must be called in the handler of the drop: the browser forgets what was dropped right after it. */
export function droppedItems(transfer: DataTransfer): Promise<Dropped[]> {
  const entries = [...transfer.items].flatMap((item) => {
    if (item.kind !== 'file') return []
    const entry = item.webkitGetAsEntry()
    const file = item.getAsFile()
    if (entry !== null && isFolder(entry)) return [readFolder(entry)]
    return file === null ? [] : [Promise.resolve(single(file))]
  })
  return Promise.all(entries)
}

export function single(file: File): Dropped {
  return { name: file.name, isFolder: false, files: [{ path: file.name, file }] }
}

async function readFolder(folder: FileSystemDirectoryEntry): Promise<Dropped> {
  const files: { path: string; file: File }[] = []
  const walk = async (directory: FileSystemDirectoryEntry, prefix: string): Promise<void> => {
    for (const entry of await entriesOf(directory)) {
      // Hidden files are the system's own.
      if (entry.name.startsWith('.') || files.length >= MOST_FILES) continue
      const path = `${prefix}${entry.name}`
      if (isFolder(entry)) await walk(entry, `${path}/`)
      else if (isFile(entry)) files.push({ path, file: await fileOf(entry) })
    }
  }
  await walk(folder, '')
  return { name: folder.name, isFolder: true, files }
}

/** Chromium has the classes of entries under other names than the standard, so they cannot be asked for their class. */
function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

/** A reader gives a hundred at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}
