import type { CommandCall } from '../command.ts'

export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const key = values.positionals[0] ?? 'workspace'
  const { masking } = await engine()
  const kept = await masking.makeKey({ key, rotate: values.flag('rotate') }, { signal })
  await output.document({ key, ...kept }, () =>
    output.say(kept.made ? 'maskKeyMade' : 'maskKeyThere', { key, version: kept.version }),
  )
}
