import type { CommandCall } from '../command.ts'

export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const deployment = await (await engine()).jobs.rollback({ job: values.at(0) }, { signal })
  await output.document(deployment, () =>
    output.say('rolledBack', {
      job: deployment.job,
      digest: deployment.digest.slice(0, 12),
      at: deployment.deployedAt,
    }),
  )
}
