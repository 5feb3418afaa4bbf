import { CameraOutlined, CodeOutlined, NodeIndexOutlined, TableOutlined } from '@ant-design/icons'
import { z } from 'zod'
import { defineTab, type Feature } from '../../app/feature.ts'
import { titleOf } from './dataset-params.ts'

export const datasets: Feature = {
  id: 'datasets',
  tabs: [
    defineTab({
      kind: 'dataset',
      /** `connection:name` of the workspace, or a file of the engine's machine. */
      params: z.object({ dataset: z.string().optional(), file: z.string().optional() }),
      icon: TableOutlined,
      title: (params) => ({ name: titleOf(params) }),
      load: async () => (await import('./DatasetTab.tsx')).DatasetTab,
    }),
    defineTab({
      kind: 'sql',
      /** The number tells several apart; `sql` is what a new one begins with. */
      params: z.object({ number: z.number().optional(), sql: z.string().optional() }),
      icon: CodeOutlined,
      title: ({ number }) => (number === undefined ? { key: 'datasets:sql.title' } : { name: `SQL ${number}` }),
      load: async () => (await import('./sql/SqlTab.tsx')).SqlTab,
    }),
    defineTab({
      kind: 'relations',
      /** What the looking begins with. */
      params: z.object({ datasets: z.array(z.string()).optional() }),
      icon: NodeIndexOutlined,
      title: () => ({ key: 'datasets:relations.title' }),
      load: async () => (await import('./relations/RelationsTab.tsx')).RelationsTab,
    }),
    defineTab({
      kind: 'snapshots',
      params: z.object({}),
      icon: CameraOutlined,
      title: () => ({ key: 'datasets:snapshots.title' }),
      load: async () => (await import('./snapshots/SnapshotsTab.tsx')).SnapshotsTab,
    }),
  ],
  commands: [
    {
      id: 'datasets.snapshots',
      title: 'datasets:snapshots.title',
      isOffered: ({ workspace }) => workspace !== undefined,
      run: ({ openTab }) => openTab({ kind: 'snapshots' }),
    },
    {
      id: 'datasets.sql',
      title: 'datasets:sql.new',
      keys: 'mod+shift+s',
      isOffered: ({ workspace }) => workspace !== undefined,
      run: ({ openTab }) => openTab({ kind: 'sql', params: { number: nextNumber() } }),
    },
    {
      id: 'datasets.relations',
      title: 'datasets:relations.open',
      isOffered: ({ workspace }) => workspace !== undefined,
      run: ({ openTab }) => openTab({ kind: 'relations' }),
    },
  ],
}

const NUMBER = 'runnel.sql.number'

/** Counts on over restarts, so that a new query never meets the text of an old one. */
function nextNumber(): number {
  const number = Number(localStorage.getItem(NUMBER) ?? '0') + 1
  localStorage.setItem(NUMBER, String(number))
  return number
}
