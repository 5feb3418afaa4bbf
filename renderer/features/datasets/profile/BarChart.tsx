import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import type { Bar } from './chart-bars.ts'
import styles from './Profile.module.css'

interface BarChartProps {
  /** What the bars are of. */
  readonly label: string
  readonly bars: readonly Bar[]
  /** Side by side for what is in an order; as lines with their names for what is not. */
  readonly form: 'columns' | 'lines'
  readonly chosen: readonly number[]
  /** Absent while rows cannot be chosen yet. */
  readonly onChoose: ((bin: number, isAdded: boolean) => void) | undefined
}

/** Bars that are buttons: a click chooses the rows of one, with Ctrl or Shift several. The pale part is what selections elsewhere took away. */
export function BarChart({ label, bars, form, chosen, onChoose }: BarChartProps) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const most = Math.max(1, ...bars.map(({ all }) => all))
  return (
    <div className={styles[form]} role="group" aria-label={label}>
      {bars.map(({ bin, label: name, role, count, all }) => {
        const shown =
          name === undefined
            ? t(`profile.bin.${role === 'none' ? 'none' : 'other'}`)
            : name === ''
              ? t('profile.bin.empty')
              : name
        const said = t('profile.bin', { name: shown, rows: formats.number(count) })
        return (
          <button
            key={bin}
            type="button"
            className={styles['bar']}
            data-role={role}
            data-dimmed={chosen.length > 0 && !chosen.includes(bin)}
            aria-pressed={chosen.includes(bin)}
            aria-label={said}
            title={said}
            disabled={onChoose === undefined}
            onClick={(event) => onChoose?.(bin, event.ctrlKey || event.metaKey || event.shiftKey)}
          >
            {form === 'lines' && <bdi className={styles['barName']}>{shown}</bdi>}
            <span className={styles['track']}>
              <i className={styles['all']} style={sizeOf(form, all / most)} />
              <i className={styles['now']} style={sizeOf(form, count / most)} />
            </span>
            {form === 'lines' && <span className={styles['barCount']}>{formats.number(count)}</span>}
          </button>
        )
      })}
    </div>
  )
}

/** What is little is still seen. */
function sizeOf(form: BarChartProps['form'], share: number) {
  const size = share === 0 ? '0' : `max(1px, ${(share * 100).toFixed(2)}%)`
  return form === 'columns' ? { height: size } : { width: size }
}
