import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../icon-button/IconButton.tsx'
import { TextInput } from '../text/TextInput.tsx'
import { emptyOf } from './empty-of.ts'
import styles from './Forms.module.css'
import { type FieldShape, objectOf } from './field-tree.ts'
import { type InputProps, inside } from './place.ts'

/** Names with values. A name that is taken keeps its old one until it differs. */
export function RecordInput({ shape, value, onChange, place }: InputProps<FieldShape & { readonly kind: 'record' }>) {
  const { t } = useTranslation('ui')
  const entries = Object.entries(objectOf(value))
  const set = (next: readonly (readonly [string, unknown])[]): void =>
    onChange(next.length === 0 ? undefined : Object.fromEntries(next))
  const rename = (index: number, name: string): void => {
    if (entries.some(([taken], at) => at !== index && taken === name)) return
    set(entries.map((entry, at) => (at === index ? [name, entry[1]] : entry)))
  }
  return (
    <div className={styles['items']}>
      {entries.map(([name, item], index) => (
        // A key that is its name would take the focus away at every letter.
        <div key={index} className={styles['item']}>
          <TextInput
            value={name}
            aria-label={t('form.name', { number: index + 1 })}
            onText={(text) => rename(index, text)}
          />
          <place.Input
            shape={shape.item}
            value={item}
            onChange={(next) =>
              set(entries.map((entry, at) => (at === index ? [name, next ?? emptyOf(shape.item)] : entry)))
            }
            place={{ ...inside(place, name, t('form.value', { name })), id: '' }}
          />
          <IconButton
            label={t('form.removeNamed', { name })}
            icon={<DeleteOutlined aria-hidden />}
            onClick={() => set(entries.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => set([...entries, [freeName(entries), emptyOf(shape.item)]])}
      >
        {t('form.add')}
      </Button>
    </div>
  )
}

function freeName(entries: readonly (readonly [string, unknown])[]): string {
  const taken = new Set(entries.map(([name]) => name))
  for (let number = 1; ; number++) if (!taken.has(`name${number}`)) return `name${number}`
}
