import type { Connector } from '../../../connectors/api/connector.ts'
import type { ConnectionDocument } from '../../../contract/api/connections.ts'
import { Failure } from '../../../contract/failure.ts'
import { placeholdersOf } from '../../../workspace/placeholders.ts'
import { parseSettings, requireConnector } from '../open-connection.ts'

/**
 * Checks what a form gives for a connection, before any of it is stored.
 * @throws Failure `connection.kind_unknown`, `connection.settings_invalid`, `connection.secret_in_plain_text`
 */
export async function checkDocument(name: string, { kind, settings }: ConnectionDocument): Promise<Connector> {
  const connector = await requireConnector(name, kind)
  const plain: Record<string, unknown> = {}
  for (const [field, setting] of Object.entries(settings)) {
    const places = placeholdersOf(setting)
    const isSecret = connector.secrets.includes(field)
    const isMisplaced = isSecret
      ? setting !== null && places.length === 0
      : places.some((place) => place.kind === 'secret')
    if (isMisplaced) throw new Failure('connection.secret_in_plain_text', { connection: name, field })
    if (!isSecret) plain[field] = setting
  }
  // A setting from the environment has no value here, so the connector's own schema cannot judge yet.
  if (placeholdersOf(plain).length === 0) parseSettings(connector, name, plain)
  return connector
}
