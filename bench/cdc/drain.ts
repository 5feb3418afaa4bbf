import { Secret } from '../../engine/base/secret.ts'
import { connectorOfKind } from '../../engine/connectors/all.ts'
import type { CdcSite } from './cdc-site.ts'

const BATCH = { flushMs: 10, idleMs: 200, mostChanges: 100_000, mostBytes: 8 * 1024 * 1024 }

/** Seconds to read and decode everything that waits for our sync; nothing is acknowledged, so it waits on. */
export async function drain({ subject }: CdcSite): Promise<number> {
  const { settings, kind, password } = subject.source
  const connector = await connectorOfKind(kind)
  const config: unknown = connector?.config.parse(settings)
  await using session = await connector?.open({
    name: 'source',
    config,
    baseDirectory: '/',
    secret: () => Promise.resolve(new Secret(password)),
  })
  const changes = session?.changes
  if (changes === undefined) throw new Error('no change capture')
  const end = await changes.now()
  const from = performance.now()
  await using feed = await changes.open({
    reader: subject.name,
    datasets: ['public.accounts', 'public.ticks'],
    ...BATCH,
  })
  for (let position = ''; position < end; ) position = (await feed.next())?.position ?? position
  return (performance.now() - from) / 1_000
}
