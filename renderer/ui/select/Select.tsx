import { Select as AntSelect, type SelectProps } from 'antd'
import { NamedChoices } from './NamedChoices.tsx'

/** antd's, with a name for the list that opens. */
export function Select<Value>(props: SelectProps<Value>) {
  return <AntSelect<Value> {...props} popupRender={(list) => <NamedChoices>{list}</NamedChoices>} />
}
