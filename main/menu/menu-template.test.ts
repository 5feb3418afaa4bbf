import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from './menu-template.ts'

const submenu = (item: MenuItemConstructorOptions | undefined): MenuItemConstructorOptions[] =>
  Array.isArray(item?.submenu) ? item.submenu : []
const build = (language: 'en' | 'zh', platform: NodeJS.Platform = 'linux', said: string[] = []) =>
  menuTemplate({
    language,
    platform,
    recent: [],
    onCommand: (command) => said.push(command),
    onRecent: () => undefined,
  })

describe('the menus', () => {
  it.each([
    ['en', 'linux', ['File', 'Edit', 'View', 'Window', 'Help']],
    ['zh', 'win32', ['文件', '编辑', '视图', '窗口', '帮助']],
    ['zh', 'darwin', ['Runnel', '文件', '编辑', '视图', '窗口']],
  ] as const)('in %s on %s', (language, platform, labels) => {
    expect(build(language, platform).map(({ label }) => label)).toEqual(labels)
  })

  it.each(['linux', 'darwin', 'win32'] as const)('have the same commands in both languages on %s', (platform) => {
    const ids = (language: 'en' | 'zh') =>
      build(language, platform).flatMap((menu) => submenu(menu).map(({ id, role, type }) => id ?? role ?? type))
    expect(ids('zh')).toEqual(ids('en'))
    expect(new Set(ids('en').filter((id) => id !== 'separator')).size).toBe(
      ids('en').filter((id) => id !== 'separator').length,
    )
    for (const command of ['settings', 'about', 'quit', 'palette', 'save']) expect(ids('en')).toContain(command)
  })

  it('tell the page which command was chosen', () => {
    const said: string[] = []
    for (const menu of build('en', 'linux', said)) {
      for (const item of submenu(menu)) Reflect.apply(item.click ?? (() => undefined), undefined, [])
    }
    expect(said.slice(0, 3)).toEqual(['new-workspace', 'open-workspace', 'open-file'])
    expect(said).toContain('settings')
  })

  const recentIn = (language: 'en' | 'zh', count: number, opened: string[] = []) => {
    const recent = Array.from({ length: count }, (_, i) => ({ directory: `/w/${i}`, name: `R&D ${i}` }))
    const onRecent = (directory: string): void => void opened.push(directory)
    const menus = menuTemplate({ language, platform: 'linux', recent, onCommand: () => undefined, onRecent })
    return submenu(submenu(menus[0]).find(({ id }) => id === 'recent'))
  }

  it.each([
    ['en', 'No Recent Workspaces'],
    ['zh', '没有最近打开的工作区'],
  ] as const)('say in %s that no workspace was open yet', (language, label) => {
    expect(recentIn(language, 0)).toEqual([{ label, enabled: false }])
  })

  it('offer the ten workspaces that were open last, by their names as they are', () => {
    const opened: string[] = []
    const items = recentIn('en', 12, opened)
    expect(items).toHaveLength(10)
    expect(items[1]?.label).toBe('R&&D 1 — /w/1')
    Reflect.apply(items[1]?.click ?? (() => undefined), undefined, [])
    expect(opened).toEqual(['/w/1'])
  })
})
