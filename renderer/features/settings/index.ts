import { SettingOutlined } from '@ant-design/icons'
import { z } from 'zod'
import { defineTab, type Feature, type StudioContext } from '../../app/feature.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { findSettings } from './find-settings.ts'

const open = ({ openTab }: StudioContext): void => openTab({ kind: 'settings' })

export const settings: Feature = {
  id: 'settings',
  activities: [
    { id: 'settings', title: 'settings:title', icon: SettingOutlined, order: 90, needsWorkspace: false, open },
  ],
  tabs: [
    defineTab({
      kind: 'settings',
      params: z.object({}),
      icon: SettingOutlined,
      title: () => ({ key: 'settings:title' }),
      load: async () => (await import('./SettingsTab.tsx')).SettingsTab,
    }),
  ],
  finders: [{ id: 'settings', title: 'settings:title', find: findSettings }],
  commands: [
    { id: 'settings.open', title: 'settings:open', keys: 'mod+comma', run: open },
    {
      id: 'settings.theme.light',
      title: 'settings:command.light',
      run: () => usePreferences.getState().set({ theme: 'light' }),
    },
    {
      id: 'settings.theme.dark',
      title: 'settings:command.dark',
      run: () => usePreferences.getState().set({ theme: 'dark' }),
    },
    {
      id: 'settings.language.en',
      title: 'settings:command.en',
      run: () => usePreferences.getState().set({ language: 'en' }),
    },
    {
      id: 'settings.language.zh',
      title: 'settings:command.zh',
      run: () => usePreferences.getState().set({ language: 'zh' }),
    },
  ],
}
