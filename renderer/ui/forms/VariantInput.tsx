import { useTranslation } from 'react-i18next'
import { Select } from '../select/Select.tsx'
import styles from './Forms.module.css'
import { emptyValue, type FieldShape, variantOf } from './field-tree.ts'
import type { InputProps } from './place.ts'

/** Names of JSON's types mean nothing to most people. */
const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object'])

function titleOf(title: string, t: (key: string) => string): string {
  return TYPES.has(title) ? t(`form.type.${title}`) : title
}

/** A value of one of several forms: which one, then its input. Choosing another begins anew. */
export function VariantInput({
  shape,
  value,
  onChange,
  place,
}: InputProps<FieldShape & { readonly kind: 'variants' }>) {
  const { t } = useTranslation('ui')
  const current = value === undefined ? -1 : variantOf(shape.variants, value)
  const chosen = shape.variants[current]
  return (
    <div className={styles['items']}>
      <Select
        size="small"
        aria-label={t('form.variant')}
        popupMatchSelectWidth={false}
        value={current}
        options={[
          { value: -1, label: t('form.unset') },
          ...shape.variants.map(({ title }, index) => ({ value: index, label: titleOf(title, t) })),
        ]}
        onChange={(next) => onChange(next === -1 ? undefined : emptyValue(shape.variants[next]?.schema ?? {}))}
      />
      {chosen !== undefined && !('const' in chosen.schema) && (
        <place.Input shape={chosen.shape} value={value} onChange={onChange} place={{ ...place, label: chosen.title }} />
      )}
    </div>
  )
}
