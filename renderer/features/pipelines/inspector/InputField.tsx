import { Select } from '../../../ui/select/Select.tsx'
import { readsFrom } from '../document/connections.ts'
import { nodeOf } from '../document/inputs.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import type { DrawnField } from './drawn-field.ts'

/** The output that an input reads. */
export function InputField({ node, title, value, onChange }: DrawnField) {
  const outputs = useReadableOutputs(node)
  return (
    <Select
      size="small"
      allowClear
      showSearch
      aria-label={title}
      style={{ width: '100%' }}
      value={typeof value === 'string' && value !== '' ? value : null}
      options={outputs.map((output) => ({ value: output, label: output }))}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
    />
  )
}

/** The outputs that a list of inputs reads, in their order. */
export function InputsField({ node, title, value, onChange }: DrawnField) {
  const outputs = useReadableOutputs(node)
  return (
    <Select
      size="small"
      mode="multiple"
      aria-label={title}
      style={{ width: '100%' }}
      value={Array.isArray(value) ? value.map(String) : []}
      options={outputs.map((output) => ({ value: output, label: output }))}
      onChange={onChange}
    />
  )
}

/** Every output that the node may read without going round in a circle. */
function useReadableOutputs(node: string): readonly string[] {
  const { catalogue } = useEditor()
  const document = useEditorState((state) => state.document)
  const known = useEditorState((state) => state.state)
  const outputs = new Set([
    ...Object.keys(document.nodes),
    ...(known?.nodes.flatMap((one) => one.outputs.map(({ output }) => output)) ?? []),
  ])
  return [...outputs].filter((output) => {
    const from = nodeOf(output)
    return from !== node && from in document.nodes && !readsFrom(document, from, node, catalogue)
  })
}
