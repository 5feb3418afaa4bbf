import { describe, expect, it } from 'vitest'
import { CONNECTOR_KINDS, connectorOfKind } from '../../../connectors/all.ts'
import { formFields } from '../settings-form.ts'
import { connectionKinds } from './kinds.ts'

const kinds = await connectionKinds()

it('knows every connector', () => {
  expect(kinds.map(({ kind }) => kind).toSorted()).toEqual([...CONNECTOR_KINDS].toSorted())
})

describe.each(kinds)('$kind', (kind) => {
  it.each(['fields', 'sourceOptions', 'targetOptions'] as const)(
    'has titles for all of %s in both languages',
    (part) => {
      for (const language of ['en', 'zh'] as const) {
        const untitled = [...formFields(kind[part], language)].filter(
          ([, title]) => title === undefined || title === '',
        )
        expect(untitled).toEqual([])
      }
    },
  )

  it('has no text for a field that does not exist, nor a title for a value that cannot be chosen', async () => {
    const connector = await connectorOfKind(kind.kind)
    const parts = [
      [connector?.form.config, kind.fields],
      [connector?.form.source, kind.sourceOptions],
      [connector?.form.target, kind.targetOptions],
    ] as const
    for (const [texts, form] of parts) {
      expect(Object.keys(texts ?? {}).toSorted()).toEqual([...formFields(form, 'en').keys()].toSorted())
    }
    expect(Object.keys(connector?.form.secrets ?? {})).toEqual(connector?.secrets)
  })

  it('names the values of its enumerations', () => {
    for (const form of [kind.fields, kind.sourceOptions, kind.targetOptions]) {
      for (const [name, field] of enumerations(form)) {
        expect([name, Object.keys(field.enumTitles ?? {}).toSorted()]).toEqual([name, field.enum.toSorted()])
      }
    }
  })
})

interface Enumeration {
  enum: string[]
  enumTitles?: Record<string, unknown>
}

function enumerations(form: unknown): [string, Enumeration][] {
  const { properties = {} } = Object(form) as { properties?: Record<string, Enumeration> }
  return Object.entries(properties).flatMap(([name, field]) => [
    ...(Array.isArray(field.enum) ? [[name, field] satisfies [string, Enumeration]] : []),
    ...enumerations(field),
  ])
}
