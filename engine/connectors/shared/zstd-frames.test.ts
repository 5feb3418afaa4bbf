import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { zstdFrames } from './zstd-frames.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-zstd-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function unpack(bytes: Buffer): Promise<string> {
  const path = join(folder, 'a.zst')
  await writeFile(path, bytes)
  const chunks: Buffer[] = []
  for await (const chunk of zstdFrames(path, bytes.length)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const long = 'abcdefghij\n'.repeat(300_000)

it.each([
  ['no frame', [], ''],
  ['one frame', ['a'], 'a'],
  ['several frames', [long, 'b', '', 'c'], `${long}bc`],
])('%s', async (_case, texts, expected) => {
  const whole = await unpack(Buffer.concat(texts.map((text) => zstdCompressSync(Buffer.from(text)))))
  expect(whole === expected).toBe(true)
})

it.each([
  ['cut off', Buffer.concat([zstdCompressSync(Buffer.from('a')), zstdCompressSync(Buffer.from(long)).subarray(0, 60)])],
  ['followed by something else', Buffer.concat([zstdCompressSync(Buffer.from('a')), Buffer.from('garbage')])],
])('fails for a file that is %s', async (_case, bytes) => {
  await expect(unpack(bytes)).rejects.toThrow(/unexpected end|unknown frame|prefix/i)
})
