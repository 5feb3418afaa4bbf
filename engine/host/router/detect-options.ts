import { z } from 'zod'
import type { Connector } from '../../connectors/api/connector.ts'
import { ENCODING_NAMES } from '../../connectors/shared/text-encoding.ts'
import type { DetectedOption } from '../../contract/api/data.ts'
import { type Cell, cellSchema } from '../../contract/page.ts'
import { settingsForm } from './settings-form.ts'

type Given = Readonly<Record<string, unknown>>

/** What may be chosen besides what a schema's enumeration says. */
const ALTERNATIVES: Readonly<Record<string, readonly Cell[]>> = {
  encoding: ENCODING_NAMES,
  delimiter: [',', ';', '\t', '|'],
  quote: ['"', "'", ''],
  escape: ['"', '\\'],
  header: [true, false, 2, 3],
  headerRow: ['auto', 'none'],
}

/**
 * Every option of a kind's sources: what is used, where it comes from, what detection says and what else it could be.
 * @param given what the caller said
 * @param used the same, parsed: with defaults
 * @param detected what the connector's `describe` reports
 */
export function detectedOptions(
  connector: Connector,
  given: Given,
  { used, detected }: { used: Given; detected: Given },
): DetectedOption[] {
  const { properties } = settingsForm(connector.source, connector.form.source)
  return Object.entries(propertiesSchema.parse(properties ?? {})).map(([name, schema]) => {
    const found = findingOf(detected, name)
    const value = given[name] ?? found?.value ?? used[name] ?? null
    const origin = given[name] !== undefined ? 'given' : found === undefined ? 'default' : 'detected'
    return {
      name,
      value: asCell(value),
      origin,
      ...(found === undefined ? {} : { detected: found.value }),
      ...(found?.confidence === undefined ? {} : { confidence: found.confidence }),
      alternatives: alternativesOf(name, schema, value),
    }
  })
}

interface Finding {
  readonly value: Cell
  readonly confidence?: number
}

const findingSchema = z.object({ value: cellSchema, confidence: z.number().optional() })
const propertiesSchema = z.record(z.string(), z.record(z.string(), z.unknown()))

function findingOf(detected: Given, name: string): Finding | undefined {
  const said = detected[name]
  if (said === undefined) return undefined
  const { data } = findingSchema.safeParse(said)
  if (data === undefined) return { value: asCell(said) }
  return { value: data.value, ...(data.confidence === undefined ? {} : { confidence: data.confidence }) }
}

function alternativesOf(name: string, schema: Given, value: unknown): DetectedOption['alternatives'] {
  const listed = Array.isArray(schema['enum']) ? schema['enum'].map(asCell) : (ALTERNATIVES[name] ?? [])
  return listed.filter((each) => each !== value).map((each) => ({ value: each }))
}

function asCell(value: unknown): Cell {
  return value === undefined ? null : cellSchema.parse(JSON.parse(JSON.stringify(value)))
}
