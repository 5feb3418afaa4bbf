import {
  ApartmentOutlined,
  BarsOutlined,
  BranchesOutlined,
  CheckSquareOutlined,
  CodeOutlined,
  ColumnWidthOutlined,
  DatabaseOutlined,
  DiffOutlined,
  ExpandAltOutlined,
  ExperimentOutlined,
  FilterOutlined,
  FunctionOutlined,
  GroupOutlined,
  LineHeightOutlined,
  MergeCellsOutlined,
  NodeExpandOutlined,
  SaveOutlined,
  SearchOutlined,
  SisternodeOutlined,
  SortAscendingOutlined,
  SwapOutlined,
  TableOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

const ICONS: Readonly<Record<string, ReactNode>> = {
  source: <DatabaseOutlined />,
  target: <SaveOutlined />,
  filter: <FilterOutlined />,
  map: <SwapOutlined />,
  join: <MergeCellsOutlined />,
  lookup: <SearchOutlined />,
  union: <SisternodeOutlined />,
  aggregate: <FunctionOutlined />,
  window: <ColumnWidthOutlined />,
  sort: <SortAscendingOutlined />,
  dedupe: <GroupOutlined />,
  limit: <LineHeightOutlined />,
  sample: <ExperimentOutlined />,
  split: <BranchesOutlined />,
  validate: <CheckSquareOutlined />,
  compare: <DiffOutlined />,
  pivot: <TableOutlined />,
  unpivot: <UnorderedListOutlined />,
  explode: <NodeExpandOutlined />,
  flatten: <ExpandAltOutlined />,
  parse: <BarsOutlined />,
  sql: <CodeOutlined />,
}

/** The sign of a kind of node. It stands beside its name and says nothing on its own. */
export function KindIcon({ kind }: { readonly kind: string }): ReactNode {
  return ICONS[kind] ?? <ApartmentOutlined />
}
