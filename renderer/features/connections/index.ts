import { ApiOutlined } from '@ant-design/icons'
import { z } from 'zod'
import { defineTab, type Feature } from '../../app/feature.ts'
import { findColumns } from './find-columns.ts'
import { findDatasets } from './find-datasets.ts'

export const connections: Feature = {
  id: 'connections',
  activities: [
    {
      id: 'connections',
      title: 'connections:title',
      icon: ApiOutlined,
      order: 10,
      needsWorkspace: true,
      load: async () => (await import('./ConnectionsPanel.tsx')).ConnectionsPanel,
    },
  ],
  tabs: [
    defineTab({
      kind: 'connection',
      /** Without a name: a new one. */
      params: z.object({ name: z.string().optional() }),
      icon: ApiOutlined,
      title: ({ name }) => (name === undefined ? { key: 'connections:new' } : { name }),
      load: async () => (await import('./ConnectionTab.tsx')).ConnectionTab,
    }),
  ],
  commands: [
    {
      id: 'connections.new',
      title: 'connections:new',
      keys: 'mod+shift+c',
      isOffered: ({ workspace }) => workspace !== undefined,
      run: ({ openTab }) => openTab({ kind: 'connection' }),
    },
  ],
  finders: [
    { id: 'datasets', title: 'connections:found', find: findDatasets },
    { id: 'columns', title: 'connections:foundColumns', find: findColumns },
  ],
}
