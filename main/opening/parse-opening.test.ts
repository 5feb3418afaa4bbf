import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseCommandLine, parseDeepLink, parseOpenedFile } from './parse-opening.ts'

const WORKSPACE = resolve('/home/me/订单')
const link = (query: string): string => `runnel://open?${query}`
const workspace = `workspace=${encodeURIComponent(WORKSPACE)}`

describe('links from elsewhere', () => {
  it.each([
    ['a workspace', link(workspace), { workspace: WORKSPACE }],
    ['a slash after the host', `runnel://open/?${workspace}`, { workspace: WORKSPACE }],
    [
      'a pipeline',
      link(`${workspace}&pipeline=orders`),
      { workspace: WORKSPACE, show: { kind: 'pipeline', name: 'orders' } },
    ],
    ['a Chinese job', link(`${workspace}&job=每晚`), { workspace: WORKSPACE, show: { kind: 'job', name: '每晚' } }],
    ['dots in the folder', link(`workspace=${encodeURIComponent('/a/../b')}`), { workspace: resolve('/b') }],
  ])('%s', (_case, text, opening) => {
    expect(parseDeepLink(text)).toEqual(opening)
  })

  it.each([
    ['another scheme', `https://open?${workspace}`],
    ['another verb', `runnel://run?${workspace}`],
    ['a path', `runnel://open/etc?${workspace}`],
    ['a user', `runnel://me@open?${workspace}`],
    ['a fragment', `${link(workspace)}#x`],
    ['no workspace', link('pipeline=orders')],
    ['an empty workspace', link('workspace=')],
    ['a relative folder', link('workspace=orders')],
    ['a network share', link(`workspace=${encodeURIComponent('\\\\evil\\share')}`)],
    ['a network share with slashes', link(`workspace=${encodeURIComponent('//evil/share')}`)],
    ['a control letter', link('workspace=/a%00b')],
    ['an unknown parameter', link(`${workspace}&run=1`)],
    ['a prototype', link(`${workspace}&__proto__=1`)],
    ['the same parameter twice', link(`${workspace}&${workspace}`)],
    ['two things to show', link(`${workspace}&pipeline=a&job=b`)],
    ['a path as a name', link(`${workspace}&pipeline=${encodeURIComponent('../x')}`)],
    ['a very long folder', link(`workspace=/${'a'.repeat(5_000)}`)],
    ['no address', 'runnel:'],
  ])('refuses %s', (_case, text) => {
    expect(parseDeepLink(text)).toBeUndefined()
  })
})

describe('opened files', () => {
  it.each([
    ['orders.runnel', resolve('/w')],
    ['runnel.yaml', resolve('/w')],
    ['sub/orders.runnel', resolve('/w/sub')],
    ['.runnel', undefined],
    ['orders.txt', undefined],
    ['orders.runnel\u0000', undefined],
  ])('%j opens %j', (file, directory) => {
    expect(parseOpenedFile(file, '/w')?.workspace).toBe(directory)
  })

  it.each([
    ['switches only', ['--no-sandbox', '.'], undefined],
    ['a link after a file', ['a.runnel', link(workspace)], WORKSPACE],
    ['a file after a refused link', ['runnel://run', 'a.runnel'], resolve('/w')],
  ])('a command line with %s', (_case, argv, directory) => {
    expect(parseCommandLine(argv, '/w')?.workspace).toBe(directory)
  })
})
