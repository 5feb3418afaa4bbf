import { DatasetInput } from '../../../app/workspace/DatasetInput.tsx'
import type { DrawnField } from './drawn-field.ts'

export function DatasetField({ title, value, onChange }: DrawnField) {
  return <DatasetInput label={title} value={typeof value === 'string' ? value : ''} onChange={onChange} />
}
