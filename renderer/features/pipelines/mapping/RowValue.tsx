import type { Cell } from '../../../../engine/contract/page.ts'
import { cellLine } from '../../../ui/grid/cell-text.ts'
import styles from './Mapping.module.css'

const LONGEST = 80

/** A value of the chosen row on one line; nothing while it is not known. */
export function RowValue({ value }: { readonly value: Cell | undefined }) {
  if (value === undefined) return <span className={styles['value']} />
  return (
    <span className={styles['value']} data-null={value === null}>
      <bdi>{value === null ? 'NULL' : value === '' ? '""' : cellLine(value).slice(0, LONGEST)}</bdi>
    </span>
  )
}
