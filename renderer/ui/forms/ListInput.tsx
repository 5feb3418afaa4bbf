import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../icon-button/IconButton.tsx'
import { emptyOf } from './empty-of.ts'
import styles from './Forms.module.css'
import type { FieldShape } from './field-tree.ts'
import { type InputProps, inside } from './place.ts'

/** Items that can be added, removed and moved up. An emptied list is taken away. */
export function ListInput({ shape, value, onChange, place }: InputProps<FieldShape & { readonly kind: 'list' }>) {
  const { t } = useTranslation('ui')
  const items: unknown[] = Array.isArray(value) ? value : []
  const set = (next: readonly unknown[]): void => onChange(next.length === 0 ? undefined : next)
  return (
    <div className={styles['items']}>
      {items.map((item, index) => (
        // Items have no identity of their own; their place is all there is.
        <div key={index} className={styles['item']}>
          <place.Input
            shape={shape.item}
            value={item}
            onChange={(next) => set(items.with(index, next ?? emptyOf(shape.item)))}
            place={{ ...inside(place, index, t('form.item', { number: index + 1 })), id: '' }}
          />
          <IconButton
            label={t('form.up', { number: index + 1 })}
            icon={<ArrowUpOutlined aria-hidden />}
            isDisabled={index === 0}
            onClick={() => set(items.toSpliced(index, 1).toSpliced(index - 1, 0, item))}
          />
          <IconButton
            label={t('form.remove', { number: index + 1 })}
            icon={<DeleteOutlined aria-hidden />}
            onClick={() => set(items.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => set([...items, emptyOf(shape.item)])}>
        {t('form.add')}
      </Button>
    </div>
  )
}
