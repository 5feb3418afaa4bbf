import { CloudServerOutlined, CloudUploadOutlined } from '@ant-design/icons'
import { z } from 'zod'
import { defineTab, type Feature } from '../../app/feature.ts'

export const servers: Feature = {
  id: 'servers',
  activities: [
    {
      id: 'servers',
      title: 'servers:title',
      icon: CloudServerOutlined,
      order: 50,
      needsWorkspace: true,
      load: async () => (await import('./ServersPanel.tsx')).ServersPanel,
    },
  ],
  tabs: [
    defineTab({
      kind: 'server',
      params: z.object({ server: z.string() }),
      icon: CloudServerOutlined,
      title: ({ server }) => ({ name: server }),
      load: async () => (await import('./ServerTab.tsx')).ServerTab,
    }),
    defineTab({
      kind: 'push',
      /** Without a job or a sync: it is chosen there. */
      params: z.object({ job: z.string().optional(), sync: z.string().optional() }),
      icon: CloudUploadOutlined,
      title: () => ({ key: 'servers:push' }),
      load: async () => (await import('./PushTab.tsx')).PushTab,
    }),
  ],
  commands: [
    {
      id: 'servers.push',
      title: 'servers:push',
      keys: 'mod+shift+p',
      isOffered: ({ workspace }) => workspace !== undefined,
      run: ({ openTab }) => openTab({ kind: 'push' }),
    },
  ],
}
