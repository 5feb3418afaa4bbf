import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Select } from '../../../ui/select/Select.tsx'
import { TextChooser } from '../../../ui/text/TextChooser.tsx'
import { inputsOf } from '../document/inputs.ts'
import { useEditor, useEditorState, useNode } from '../document/use-editor.ts'
import type { DrawnField } from './drawn-field.ts'

/** A column of the node's input; one that is not there may be typed. */
export function ColumnField({ node, title, value, onChange }: DrawnField) {
  const columns = useInputColumns(node)
  return (
    <TextChooser
      size="small"
      allowClear
      aria-label={title}
      style={{ width: '100%' }}
      value={typeof value === 'string' ? value : ''}
      options={columns.map((name) => ({ value: name }))}
      showSearch={{
        filterOption: (text, option) =>
          String(option?.value ?? '')
            .toLowerCase()
            .includes(text.toLowerCase()),
      }}
      onText={(text) => onChange(text === '' ? undefined : text)}
    />
  )
}

interface ColumnsFieldProps extends DrawnField {
  /** Whether a value may be computed instead: then the list is drawn entry by entry. */
  readonly canCompute: boolean
}

/** Several columns of the node's input, in the order chosen. */
export function ColumnsField({ node, title, value, onChange, canCompute }: ColumnsFieldProps) {
  const { t } = useTranslation('pipelines')
  const columns = useInputColumns(node)
  const chosen = Array.isArray(value) ? value.map(String) : []
  return (
    <>
      <Select
        size="small"
        mode="tags"
        aria-label={title}
        style={{ width: '100%' }}
        value={chosen}
        options={columns.map((name) => ({ value: name, label: name }))}
        onChange={onChange}
      />
      {canCompute && (
        <Button size="small" type="text" onClick={() => onChange([...chosen, { to: 'computed', expr: '' }])}>
          {t('inspector.addComputed')}
        </Button>
      )}
    </>
  )
}

/** The columns of everything that a node reads, each once. */
function useInputColumns(node: string): readonly string[] {
  const { catalogue } = useEditor()
  const config = useNode(node)
  const known = useEditorState((state) => state.state)
  if (config === undefined) return []
  const read = new Set(inputsOf(config, catalogue).map(({ output }) => output))
  const outputs = known?.nodes.flatMap((one) => one.outputs).filter(({ output }) => read.has(output)) ?? []
  return [...new Set(outputs.flatMap(({ columns }) => columns?.map(({ name }) => name) ?? []))]
}
