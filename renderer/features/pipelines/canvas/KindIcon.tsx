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
  source: <DatabaseOutlined aria-hidden />,
  target: <SaveOutlined aria-hidden />,
  filter: <FilterOutlined aria-hidden />,
  map: <SwapOutlined aria-hidden />,
  join: <MergeCellsOutlined aria-hidden />,
  lookup: <SearchOutlined aria-hidden />,
  union: <SisternodeOutlined aria-hidden />,
  aggregate: <FunctionOutlined aria-hidden />,
  window: <ColumnWidthOutlined aria-hidden />,
  sort: <SortAscendingOutlined aria-hidden />,
  dedupe: <GroupOutlined aria-hidden />,
  limit: <LineHeightOutlined aria-hidden />,
  sample: <ExperimentOutlined aria-hidden />,
  split: <BranchesOutlined aria-hidden />,
  validate: <CheckSquareOutlined aria-hidden />,
  compare: <DiffOutlined aria-hidden />,
  pivot: <TableOutlined aria-hidden />,
  unpivot: <UnorderedListOutlined aria-hidden />,
  explode: <NodeExpandOutlined aria-hidden />,
  flatten: <ExpandAltOutlined aria-hidden />,
  parse: <BarsOutlined aria-hidden />,
  sql: <CodeOutlined aria-hidden />,
}

/** The sign of a kind of node. It stands beside its name and says nothing on its own. */
export function KindIcon({ kind }: { readonly kind: string }): ReactNode {
  return ICONS[kind] ?? <ApartmentOutlined aria-hidden />
}
