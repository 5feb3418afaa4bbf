import type { z } from 'zod'
import type { Secret } from '../../base/secret.ts'
import type { DiagnosisStage } from '../../contract/diagnosis.ts'
import type { Localized } from '../../contract/localized.ts'
import type { ConnectorForm } from './form.ts'
import type { Session } from './session.ts'

/** Everything a connector needs to reach its system. */
export interface OpenRequest<Config> {
  /** The connection's name in the workspace; only for messages. */
  readonly name: string
  readonly config: Config
  /** Absolute folder that relative file paths in the config are resolved against. */
  readonly baseDirectory: string
  /** Resolves a secret field of the config (`field('password')`) at the moment it is needed. Undefined when not set. */
  readonly secret: (field: string) => Promise<Secret | undefined>
  readonly signal?: AbortSignal
}

/**
 * A kind of system. Stateless; one object per kind, listed in `connectors/all.ts`.
 *
 * `config` parses the settings of `connections/<name>.yaml` (strict: unknown keys are refused; secret fields are declared in
 * `secrets` and are not part of it). `source` and `target` parse the extra options that a source node, a target node
 * or an import dialog may give per dataset (encoding, dialect, header, compression …).
 */
export interface Connector<Config = unknown> {
  readonly kind: string
  readonly title: Localized
  readonly form: ConnectorForm
  readonly config: z.ZodType<Config>
  readonly secrets: readonly string[]
  readonly source: z.ZodType
  readonly target: z.ZodType
  /**
   * Connects. The session must be disposed.
   * @throws Failure `source.unavailable` (retryable), `source.unauthorized`.
   */
  open(request: OpenRequest<Config>): Promise<Session>
  /** Staged self-test; yields every stage once, in the order of DIAGNOSIS_STAGES, and never throws for a failing system. */
  diagnose(request: OpenRequest<Config>): AsyncGenerator<DiagnosisStage>
}

/** Keeps the config type between schema and functions, and widens the result for the registry. */
export function defineConnector<Config>(connector: Connector<Config>): Connector<Config> {
  return connector
}
