import { HomeOutlined } from '@ant-design/icons'
import { z } from 'zod'
import { defineTab, type Feature } from '../../app/feature.ts'

export const home: Feature = {
  id: 'home',
  activities: [
    {
      id: 'home',
      title: 'home:title',
      icon: HomeOutlined,
      order: 0,
      needsWorkspace: false,
      open: ({ openTab }) => openTab({ kind: 'home' }),
    },
  ],
  tabs: [
    defineTab({
      kind: 'home',
      params: z.object({}),
      icon: HomeOutlined,
      title: () => ({ key: 'home:title' }),
      load: async () => (await import('./HomeTab.tsx')).HomeTab,
    }),
  ],
  commands: [
    { id: 'home.open', title: 'home:open', keys: 'mod+shift+h', run: ({ openTab }) => openTab({ kind: 'home' }) },
  ],
}
