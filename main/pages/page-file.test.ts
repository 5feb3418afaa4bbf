import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pageFile } from './page-file.ts'

const FOLDER = resolve('/srv/pages')

describe('the path jail', () => {
  it.each([
    ['the entry', 'app://runnel/index.html', ['index.html']],
    ['a file of a folder', 'app://runnel/assets/index-D_4x.js', ['assets', 'index-D_4x.js']],
    ['a query and a fragment beside', 'app://runnel/index.html?workspace=%2Fw#x', ['index.html']],
    ['dots that the address itself resolves', 'app://runnel/assets/../index.html', ['index.html']],
    ['encoded dots, resolved at the top', 'app://runnel/%2e%2e/secret', ['secret']],
  ])('gives %s', (_case, address, steps) => {
    expect(pageFile(FOLDER, address)).toBe(join(FOLDER, ...steps))
  })

  it.each([
    ['encoded slashes', 'app://runnel/..%2f..%2fetc%2fpasswd'],
    ['twice encoded dots', 'app://runnel/%252e%252e/secret'],
    ['a backslash', 'app://runnel/..%5csecret'],
    ['a drive', 'app://runnel/C:/secret'],
    ['a NUL', 'app://runnel/index.html%00.png'],
    ['broken encoding', 'app://runnel/%zz'],
    ['a hidden file', 'app://runnel/.env'],
    ['the folder itself', 'app://runnel/'],
    ['an empty step', 'app://runnel//etc/passwd'],
    ['another host', 'app://elsewhere/index.html'],
    ['a host with a port', 'app://runnel:80/index.html'],
    ['a user', 'app://me@runnel/index.html'],
    ['another scheme', 'file:///etc/passwd'],
    ['no address', 'index.html'],
  ])('refuses %s', (_case, address) => {
    expect(pageFile(FOLDER, address)).toBeUndefined()
  })
})
