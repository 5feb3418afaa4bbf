export const UNITS = ['ms', 's', 'm', 'h', 'd'] as const
export type Unit = (typeof UNITS)[number]

/** A duration of a job file, `5m`, as its number and unit; undefined for none. */
export function durationParts(text: string | undefined): { readonly amount: number; readonly unit: Unit } | undefined {
  const found = /^(\d+)(ms|s|m|h|d)$/.exec(text ?? '')
  const unit = UNITS.find((one) => one === found?.[2])
  return found === null || unit === undefined ? undefined : { amount: Number(found[1]), unit }
}
