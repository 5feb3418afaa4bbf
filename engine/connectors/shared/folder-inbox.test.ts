import { createHash } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Inbox, InboxFile } from '../api/inbox.ts'
import { fileFolder } from './file-folder.ts'
import { folderInbox } from './folder-inbox.ts'

let folder: string
let inbox: Inbox

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-inbox-'))
  inbox = folderInbox(fileFolder('inbox', folder, '/'), ['.csv'])
})
afterEach(() => rm(folder, { recursive: true }))

const drop = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
async function only(pattern = '*.csv'): Promise<InboxFile> {
  const [file, ...others] = await inbox.list(pattern)
  if (file === undefined || others.length > 0) throw new Error(`${others.length + 1} files`)
  return file
}

describe('the files of a folder as an inbox', () => {
  it('are listed by pattern in name order, none where none is', async () => {
    expect(await inbox.list('orders-*.csv')).toEqual([])
    await drop('orders-2.csv', 'bb')
    await drop('orders-1.csv', 'a')
    await drop('other.csv', '')
    expect((await inbox.list('orders-*.csv')).map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['orders-1.csv', 1n],
      ['orders-2.csv', 2n],
    ])
  })

  it('have a digest of their content, and another version once they are written to', async () => {
    await drop('a.csv', 'one')
    const before = await only()
    expect(await inbox.digest(before)).toBe(createHash('sha256').update('one').digest('hex'))
    await appendFile(join(folder, 'a.csv'), 'x')
    expect((await only()).version).not.toBe(before.version)
    await expect(inbox.digest(before)).rejects.toMatchObject({ code: 'file.changed' })
    await expect(inbox.move(before, 'done')).resolves.toBeUndefined()
    expect(await readdir(folder)).toEqual(['a.csv'])
  })

  it('of the same size and content but another time is another version', async () => {
    await drop('a.csv', 'one')
    const before = await only()
    await utimes(join(folder, 'a.csv'), 1, 1)
    expect((await only()).version).not.toBe(before.version)
  })

  it('are moved without replacing any', async () => {
    await mkdir(join(folder, 'done'))
    await drop('done/a.csv', 'older')
    for (const text of ['first', 'second']) {
      await drop('a.csv', text)
      await inbox.move(await only(), 'done')
    }
    expect(await readdir(join(folder, 'done'))).toEqual(['a-2.csv', 'a-3.csv', 'a.csv'])
    expect(await readFile(join(folder, 'done/a-3.csv'), 'utf8')).toBe('second')
    expect(await readdir(folder)).toEqual(['done'])
  })

  it('never leave the folder of the connection', async () => {
    await drop('a.csv', 'x')
    await symlink(tmpdir(), join(folder, 'out'))
    for (const to of ['../elsewhere', '/tmp', 'out']) {
      await expect(inbox.move(await only(), to)).rejects.toMatchObject({ code: 'file.outside_folder' })
    }
    expect(await readdir(folder)).toEqual(['a.csv', 'out'])
  })
})
