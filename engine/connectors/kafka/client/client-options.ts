import type { BaseOptions, SASLMechanismValue } from '@platformatic/kafka'
import { Failure } from '../../../contract/failure.ts'
import type { KafkaConfig } from '../config.ts'
import type { KafkaAccess } from './access.ts'

export type ClientOptions = BaseOptions

const MECHANISMS: Readonly<Record<Exclude<KafkaConfig['login'], 'none'>, SASLMechanismValue>> = {
  plain: 'PLAIN',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-512': 'SCRAM-SHA-512',
}

/** Settings for the client library; the password is asked for here. @throws Failure `source.unauthorized` without one */
export async function clientOptions({ name, config, password }: KafkaAccess): Promise<ClientOptions> {
  const { brokers, tls, login, user, connectTimeoutMs } = config
  return {
    clientId: 'runnel',
    bootstrapBrokers: brokers,
    connectTimeout: connectTimeoutMs,
    // Waiting is decided in one place, which knows how long.
    retries: false,
    ...(tls === 'off' ? {} : { tls: { rejectUnauthorized: tls === 'verify' }, tlsServerName: true }),
    ...(login === 'none' ? {} : { sasl: await credentials() }),
  }

  async function credentials(): Promise<NonNullable<ClientOptions['sasl']>> {
    const secret = await password()
    if (login === 'none' || user === undefined || secret === undefined) {
      throw new Failure('source.unauthorized', { source: name, reason: `${login} needs a user and a password` })
    }
    return { mechanism: MECHANISMS[login], username: user, password: secret.reveal() }
  }
}
