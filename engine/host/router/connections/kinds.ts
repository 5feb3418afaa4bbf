import { CONNECTOR_KINDS, connectorOfKind, extensionsOfKind } from '../../../connectors/all.ts'
import type { Connector } from '../../../connectors/api/connector.ts'
import type { ConnectionKind } from '../../../contract/api/connections.ts'
import { settingsForm } from '../settings-form.ts'

const GROUPS: readonly ConnectionKind['group'][] = ['file', 'database', 'queue']

let described: Promise<ConnectionKind[]> | undefined

/** Every kind of connection with the schemas of its forms, files first. Loads the code of all connectors, once. */
export function connectionKinds(): Promise<ConnectionKind[]> {
  described ??= describeKinds()
  return described
}

async function describeKinds(): Promise<ConnectionKind[]> {
  const connectors = await Promise.all(CONNECTOR_KINDS.map(connectorOfKind))
  return connectors
    .filter((connector) => connector !== undefined)
    .map(describeKind)
    .toSorted((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || compare(a.title.en, b.title.en))
}

function describeKind({ kind, title, config, source, target, form }: Connector): ConnectionKind {
  return {
    kind,
    title: { ...title },
    group: form.group,
    fields: settingsForm(config, form.config),
    secrets: Object.entries(form.secrets).map(([name, { titles, descriptions, isRequired, onlyFor }]) => ({
      name,
      title: titles,
      description: descriptions,
      required: isRequired,
      ...(onlyFor === undefined ? {} : { onlyFor: { ...onlyFor, kinds: [...onlyFor.kinds] } }),
    })),
    extensions: [...extensionsOfKind(kind)],
    sourceOptions: settingsForm(source, form.source),
    targetOptions: settingsForm(target, form.target),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
