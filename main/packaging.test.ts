import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..')
const settings = z
  .object({
    directories: z.object({ app: z.string(), buildResources: z.string() }),
    files: z.array(z.string()),
    asar: z.boolean(),
    asarUnpack: z.array(z.string()),
    electronFuses: z.record(z.string(), z.boolean()),
    protocols: z.array(z.object({ schemes: z.array(z.string()) })),
    fileAssociations: z.array(z.object({ ext: z.string(), mimeType: z.string() })),
    artifactName: z.string(),
    publish: z.object({ provider: z.string(), url: z.string() }),
    deb: z.object({ maintainer: z.string().min(1) }),
    linux: z.object({ icon: z.string(), target: z.array(z.string()) }),
    mac: z.object({ icon: z.string(), target: z.array(z.string()), hardenedRuntime: z.literal(true) }),
    win: z.object({ icon: z.string(), target: z.array(z.string()) }),
  })
  .parse(parse(await readFile(join(ROOT, 'electron-builder.yml'), 'utf8')))

describe('the packages', () => {
  it.each([
    ['runAsNode', false],
    ['enableCookieEncryption', true],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['grantFileProtocolExtraPrivileges', false],
  ])('have the fuse %s at %s', (fuse, expected) => {
    expect(settings.electronFuses[fuse]).toBe(expected)
  })

  it('hold what the app loads, natives outside of the archive', () => {
    expect(settings.asar).toBe(true)
    for (const part of [
      'package.json',
      'main/**',
      'preload/**',
      'renderer/**',
      'engine/**',
      'packages/**',
      'resources/**',
    ]) {
      expect(settings.files).toContain(part)
    }
    for (const native of ['**/*.node', '**/node_modules/@duckdb/**', '**/node_modules/better-sqlite3/**']) {
      expect(settings.asarUnpack).toContain(native)
    }
  })

  it('are made for three systems, with our scheme and our files', () => {
    expect([settings.linux.target, settings.mac.target, settings.win.target]).toEqual([
      ['AppImage', 'deb'],
      ['dmg'],
      ['nsis'],
    ])
    expect(settings.protocols.flatMap(({ schemes }) => schemes)).toEqual(['runnel'])
    expect(settings.fileAssociations).toMatchObject([{ ext: 'runnel', mimeType: 'application/x-runnel' }])
  })

  it('are named after what they are, and look for updates where the person who releases them says', () => {
    expect(settings.artifactName).toBe('${productName}-${version}-${os}-${arch}.${ext}')
    expect(settings.publish).toEqual({ provider: 'generic', url: '${env.RUNNEL_RELEASES}' })
  })

  it.each([
    [settings.linux.icon, [0x89, 0x50, 0x4e, 0x47]],
    [settings.mac.icon, [0x69, 0x63, 0x6e, 0x73]],
    [settings.win.icon, [0, 0, 1, 0]],
  ])('have a real icon in %s', async (icon, magic) => {
    const file = join(ROOT, settings.directories.buildResources, icon)
    await access(file)
    expect([...(await readFile(file)).subarray(0, 4)]).toEqual(magic)
  })
})
