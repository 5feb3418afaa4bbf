import { RetweetOutlined } from '@ant-design/icons'
import { z } from 'zod'
import { defineTab, type Feature } from '../../app/feature.ts'
import { findSyncs } from './find-syncs.ts'

export const syncs: Feature = {
  id: 'syncs',
  activities: [
    {
      id: 'syncs',
      title: 'syncs:title',
      icon: RetweetOutlined,
      order: 32,
      needsWorkspace: true,
      load: async () => (await import('./SyncsPanel.tsx')).SyncsPanel,
    },
  ],
  tabs: [
    defineTab({
      kind: 'sync',
      params: z.object({ name: z.string() }),
      icon: RetweetOutlined,
      title: ({ name }) => ({ name }),
      load: async () => (await import('./SyncTab.tsx')).SyncTab,
    }),
    defineTab({
      kind: 'newSync',
      params: z.object({}),
      icon: RetweetOutlined,
      title: () => ({ key: 'syncs:new' }),
      load: async () => (await import('./wizard/NewSyncTab.tsx')).NewSyncTab,
    }),
  ],
  commands: [
    {
      id: 'syncs.new',
      title: 'syncs:new',
      isOffered: ({ workspace }) => workspace !== undefined,
      run: ({ openTab }) => openTab({ kind: 'newSync' }),
    },
    {
      id: 'syncs.show',
      title: 'syncs:show',
      isOffered: ({ workspace }) => workspace !== undefined,
      run: ({ showActivity }) => showActivity('syncs'),
    },
  ],
  finders: [{ id: 'syncs', title: 'syncs:title', find: findSyncs }],
}
