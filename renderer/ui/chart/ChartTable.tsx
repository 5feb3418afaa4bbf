import styles from './Chart.module.css'
import type { ChartSpec } from './chart-spec.ts'

/** The numbers of a chart. */
export function ChartTable({ title, spec }: { readonly title: string; readonly spec: ChartSpec }) {
  const { labelName, labels, series, format } = spec
  return (
    <div className={styles['table']} role="region" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{labelName}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, index) => (
            // Two points may have one label.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={index}>
              <th scope="row">
                <bdi>{label}</bdi>
              </th>
              {series.map(({ name, values }) => (
                <td key={name}>{cell(values[index], format)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function cell(value: number | null | undefined, format: ChartSpec['format']): string {
  return value === null || value === undefined ? '' : format(value)
}
