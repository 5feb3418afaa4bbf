import type { ExitCode } from '../../../contract/failure-spec.ts'
import type { CommandCall } from '../command.ts'
import { visibleText } from '../width.ts'

/** Exit code 1 when the server refused: nothing was changed there then. */
export async function run({ values, output, engine, signal, language }: CommandCall): Promise<ExitCode | void> {
  const [job, server, environment] = [values.at(0), values.text('to') ?? '', values.text('env')]
  const acceptsLoss = values.flag('accept-loss')
  const input = { job, server, acceptsLoss, ...(environment === undefined ? {} : { environment }) }
  const outcome = await (await engine()).servers.push(input, { signal })
  await output.document(outcome, () => {
    const findings = outcome.findings.map(
      ({ severity, subject, message }) =>
        `${severity === 'error' ? '✗' : '!'} ${visibleText(`${subject}: ${message[language]}`)}`,
    )
    const key = { deployed: 'pushDeployed', unchanged: 'pushUnchanged', refused: 'pushRefused' } as const
    return [...findings, output.say(key[outcome.outcome], { job, server, digest: outcome.digest.slice(0, 12) })].join(
      '\n',
    )
  })
  return outcome.outcome === 'refused' ? 1 : undefined
}
