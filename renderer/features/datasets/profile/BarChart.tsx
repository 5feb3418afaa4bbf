import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { type ChartProps, sizeOf } from './ColumnChart.tsx'
import styles from './Profile.module.css'

/** Named values as lines that are buttons: a click chooses the rows of one, with Ctrl or Shift several. The pale part is what selections elsewhere took away. */
export function BarChart({ label, bars, chosen, onChoose }: ChartProps) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const most = Math.max(1, ...bars.map(({ all }) => all))
  return (
    <div className={styles['lines']} role="group" aria-label={label}>
      {bars.map(({ bin, label: name, role, count, all }) => {
        const unnamed = t(`profile.bin.${role === 'none' ? 'none' : 'other'}`)
        const shown = name === undefined ? unnamed : name === '' ? t('profile.bin.empty') : name
        const said = t('profile.bin', { name: shown, rows: formats.number(count) })
        return (
          <button
            key={bin}
            type="button"
            className={styles['bar']}
            data-role={role}
            data-dimmed={chosen.length > 0 && !chosen.includes(bin)}
            aria-pressed={chosen.includes(bin)}
            title={said}
            aria-disabled={onChoose === undefined}
            onClick={(event) => onChoose?.(bin, event.ctrlKey || event.metaKey || event.shiftKey)}
          >
            <span className={styles['said']}>{said}</span>
            <bdi className={styles['barName']} aria-hidden>
              {shown}
            </bdi>
            <span className={styles['track']} aria-hidden>
              <i className={styles['all']} style={{ width: sizeOf(all / most) }} />
              <i className={styles['now']} style={{ width: sizeOf(count / most) }} />
            </span>
            <span className={styles['barCount']} aria-hidden>
              {formats.number(count)}
            </span>
          </button>
        )
      })}
    </div>
  )
}
