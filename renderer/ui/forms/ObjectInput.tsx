import { useId } from 'react'
import styles from './Forms.module.css'
import { type Field, type FieldShape, objectOf } from './field-tree.ts'
import { type InputProps, inside } from './place.ts'

/** One labelled line for each field. */
export function ObjectInput({ shape, value, onChange, place }: InputProps<FieldShape & { readonly kind: 'object' }>) {
  const given = objectOf(value)
  const set = (name: string, next: unknown): void => {
    const { [name]: _, ...others } = given
    onChange(next === undefined ? others : { ...given, [name]: next })
  }
  return (
    <div className={place.path === '' ? styles['form'] : styles['nested']}>
      {shape.fields.map((field) => (
        <FieldLine
          key={field.name}
          field={field}
          value={given[field.name]}
          onChange={(next) => set(field.name, next)}
          place={place}
        />
      ))}
    </div>
  )
}

interface FieldLineProps extends Pick<InputProps, 'value' | 'onChange' | 'place'> {
  readonly field: Field
}

/** Inputs of several parts are a group with the label as its name; one input is named by the label itself. */
function FieldLine({ field, value, onChange, place }: FieldLineProps) {
  const id = useId()
  const { name, title, description, isRequired, defaultValue, shape } = field
  const here = { ...inside(place, name, ''), id }
  const problem = place.problems[here.path]
  const shown = value === undefined ? defaultValue : value
  const drawn = place.draw?.({ path: here.path, title, value, onChange })
  const isGroup = ['object', 'list', 'record', 'variants'].includes(shape.kind) || drawn !== undefined
  return (
    <div
      className={styles['field']}
      data-required={isRequired}
      {...(isGroup ? { role: 'group', 'aria-labelledby': `${id}-label` } : {})}
    >
      <label id={`${id}-label`} {...(isGroup ? {} : { htmlFor: id })}>
        {title}
        {isRequired && <span aria-hidden> *</span>}
      </label>
      {drawn ?? <place.Input shape={shape} value={shown} onChange={onChange} place={here} />}
      {problem !== undefined ? (
        <small role="alert">{problem}</small>
      ) : (
        description !== undefined && <small>{description}</small>
      )}
    </div>
  )
}
