import { describe } from 'vitest'
import { registerFaultChecks } from './fault-checks.ts'
import type { ConnectorFixture } from './fixture.ts'
import { registerNameChecks } from './name-checks.ts'
import { registerReadChecks } from './read-checks.ts'
import { registerTypeChecks } from './type-checks.ts'
import { registerWriteChecks } from './write-checks.ts'

/**
 * Registers everything a connector must hold (docs: how to add a connector). Call it in `conformance.test.ts` beside the
 * connector; a connector on a server calls it in `conformance.server.test.ts`.
 */
export function describeConnector(name: string, fixture: ConnectorFixture): void {
  describe(`connector ${name}`, () => {
    registerReadChecks(fixture)
    registerTypeChecks(fixture)
    if (fixture.modes.length > 0) registerWriteChecks(fixture)
    registerNameChecks(fixture)
    registerFaultChecks(fixture)
  })
}
