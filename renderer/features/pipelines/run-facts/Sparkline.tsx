import { barHeights } from './sparkline.ts'

const BAR_PX = 4
const HEIGHT_PX = 12

interface SparklineProps {
  /** Oldest first. */
  readonly values: readonly number[]
  /** Said to screen readers. */
  readonly label: string
}

/** A bar for each value in the colour of the text; a value of nothing keeps a line at its foot. */
export function Sparkline({ values, label }: SparklineProps) {
  return (
    <svg role="img" aria-label={label} width={values.length * BAR_PX} height={HEIGHT_PX}>
      {barHeights(values).map((height, place) => {
        const px = Math.max(1, height * HEIGHT_PX)
        return (
          <rect
            // Runs have no identity here but their order.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={place}
            x={place * BAR_PX}
            y={HEIGHT_PX - px}
            width={BAR_PX - 1}
            height={px}
            fill="currentColor"
          />
        )
      })}
    </svg>
  )
}
