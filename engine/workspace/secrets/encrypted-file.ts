import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Secret } from '../../base/secret.ts'
import { Failure } from '../../contract/failure.ts'
import { writeFileDurably } from '../../os/durable-file.ts'
import { type Sealed, seal, sealedSchema, unseal } from './cipher.ts'
import type { AskKey, SecretStore } from './secret-store.ts'

const fileSchema = z.strictObject({ version: z.literal(1), secrets: z.record(z.string(), sealedSchema) })

/** Secrets in one encrypted JSON file, readable by its owner only. Fails closed: without the right key nothing is given or changed. */
export function encryptedFileStore(path: string, askKey: AskKey): SecretStore {
  let asked: Promise<Secret | undefined> | undefined
  const key = async (): Promise<Secret> => {
    asked ??= askKey()
    const answer = await asked
    if (answer === undefined || answer.reveal() === '') throw new Failure('secret.key_missing', {})
    return answer
  }
  return {
    kind: 'file',
    get: async (name) => {
      const box = (await readBoxes(path)).get(name)
      return box === undefined ? undefined : new Secret(await open(name, box, await key()))
    },
    set: async (name, secret) => {
      const boxes = await readBoxes(path)
      const [first] = boxes
      // A second key in one file would lock out whoever knows only the first.
      if (first !== undefined) await open(first[0], first[1], await key())
      boxes.set(name, await seal(name, secret, await key()))
      await writeBoxes(path, boxes)
    },
    delete: async (name) => {
      const boxes = await readBoxes(path)
      const wasThere = boxes.delete(name)
      if (wasThere) await writeBoxes(path, boxes)
      return wasThere
    },
  }
}

async function open(name: string, box: Sealed, key: Secret): Promise<string> {
  const text = await unseal(name, box, key)
  if (text === undefined) throw new Failure('secret.wrong_key', { name })
  return text
}

async function readBoxes(path: string): Promise<Map<string, Sealed>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT') return new Map()
    throw new Failure('secret.store_damaged', { file: path, reason: code }, { cause: error })
  }
  try {
    return new Map(Object.entries(fileSchema.parse(JSON.parse(text)).secrets))
  } catch {
    // The parser's message may quote the file; what it holds stays out of messages.
    throw new Failure('secret.store_damaged', { file: path, reason: 'not a secrets file of version 1' })
  }
}

async function writeBoxes(path: string, boxes: ReadonlyMap<string, Sealed>): Promise<void> {
  const secrets = Object.fromEntries([...boxes].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  await writeFileDurably(path, `${JSON.stringify({ version: 1, secrets }, null, 2)}\n`, 0o600)
}
