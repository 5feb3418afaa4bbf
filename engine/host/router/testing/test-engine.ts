import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { EngineClient } from '../../../contract/api.ts'
import type { HostContext } from '../context.ts'
import { type EngineResources, openResources } from '../resources.ts'
import { router } from '../router.ts'

/** An engine over a workspace in a folder of its own, to be asked as a studio asks it. */
export interface TestEngine extends AsyncDisposable {
  readonly engine: EngineClient
  readonly resources: EngineResources
  /** Of the workspace. */
  readonly directory: string
  /** The folder around the workspace, where nothing else lies. */
  readonly outside: string
  write(file: string, content: string | Uint8Array): Promise<string>
  /** The same workspace as another host would offer it. */
  as(context: Partial<HostContext>): EngineClient
}

const FILES = {
  'runnel.yaml': 'version: 1\nname: test\n',
  'connections/files.yaml': 'version: 1\nkind: text\nsettings: { folder: data }\n',
  'connections/lake.yaml': 'version: 1\nkind: parquet\nsettings: { folder: data }\n',
  'connections/notes.yaml': 'version: 1\nkind: json\nsettings: { folder: data }\n',
  'connections/store.yaml': 'version: 1\nkind: duckdb\nsettings: { file: data/store.duckdb }\n',
}

export async function openTestEngine(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<TestEngine> {
  const outside = await mkdtemp(join(tmpdir(), 'runnel-engine-'))
  const directory = join(outside, 'workspace')
  const write = async (file: string, content: string | Uint8Array): Promise<string> => {
    const path = join(directory, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    return path
  }
  await mkdir(join(directory, 'data'), { recursive: true })
  for (const [file, content] of Object.entries({ ...FILES, ...files })) await write(file, content)
  const resources = openResources()
  const context: HostContext = {
    workspaceDirectory: directory,
    language: 'en',
    variables: { RUNNEL_KEY: 'a key for tests', RUNNEL_HOME: join(outside, 'home') },
    resources,
  }
  return {
    engine: createRouterClient(router, { context }),
    resources,
    directory,
    outside,
    write,
    as: (other) => createRouterClient(router, { context: { ...context, ...other } }),
    [Symbol.asyncDispose]: async () => {
      await resources[Symbol.asyncDispose]()
      await rm(outside, { recursive: true, force: true })
    },
  }
}

/** The code that a call failed with; undefined when it did not fail. */
export async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    return typeof error === 'object' && error !== null && 'data' in error ? codeIn(error.data) : String(error)
  }
}

function codeIn(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : undefined
}
