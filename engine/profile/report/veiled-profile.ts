import type { ColumnProfile, CountedValue } from '../../contract/profile/column-profile.ts'
import type { Finding } from '../../contract/profile/finding.ts'
import type { Profile } from '../../contract/profile/profile.ts'
import { veiled } from '../semantic/veil.ts'

/** A profile that may leave the building: no value of a column that looks personal can be read. */
export function veiledProfile(profile: Profile): Profile {
  const personal = new Set(profile.findings.filter(({ mask }) => mask).flatMap(({ columns }) => columns))
  if (personal.size === 0) return profile
  return {
    ...profile,
    columns: profile.columns.map((column) => (personal.has(column.name) ? veiledColumn(column) : column)),
    findings: profile.findings.map((finding) =>
      finding.columns.some((name) => personal.has(name)) ? veiledFinding(finding) : finding,
    ),
  }
}

function veiledColumn(column: ColumnProfile): ColumnProfile {
  const { exact, detail } = column
  const { min, max, ...figures } = exact
  const { histogram: _histogram, number: _number, time: _time, text, ...rest } = detail
  return {
    ...column,
    exact: {
      ...figures,
      ...(min === undefined ? {} : { min: veiled(min) }),
      ...(max === undefined ? {} : { max: veiled(max) }),
    },
    detail: {
      ...rest,
      top: detail.top.map(veiledValue),
      rare: detail.rare.map(veiledValue),
      semantic: detail.semantic.map((reading) => ({
        ...reading,
        examples: reading.examples.map(veiled),
        exceptions: reading.exceptions.map(veiled),
      })),
      ...(text === undefined
        ? {}
        : {
            text: {
              ...text,
              patterns: text.patterns.map((pattern) => ({ ...pattern, examples: [] })),
              shapes: text.shapes.map((shape) => ({ ...shape, examples: [] })),
              caseVariants: [],
              mojibake: { ...text.mojibake, examples: [] },
              controlCharacters: { ...text.controlCharacters, examples: [] },
            },
          }),
    },
  }
}

function veiledValue({ value, count }: CountedValue): CountedValue {
  return { value: veiled(value), count }
}

function veiledFinding({ condition: _condition, ...finding }: Finding): Finding {
  const { value, ...parameters } = finding.parameters
  return {
    ...finding,
    examples: finding.examples.map(veiled),
    parameters: value === undefined ? parameters : { ...parameters, value: veiled(String(value)) },
  }
}
