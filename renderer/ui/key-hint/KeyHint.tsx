import styles from './KeyHint.module.css'
import { shownKeys } from './shown-keys.ts'

/** Keys of a command as this machine's keyboard names them. Nothing for none. */
export function KeyHint({ keys }: { readonly keys: string }) {
  if (keys === '') return null
  return <kbd className={styles['keys']}>{shownKeys(keys, navigator.platform.startsWith('Mac'))}</kbd>
}
