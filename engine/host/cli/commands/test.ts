import type { ExitCode } from '../../../contract/failure-spec.ts'
import type { CommandCall } from '../command.ts'
import { visibleText } from '../width.ts'

/** Exit code 1 when a test failed. */
export async function run({ values, output, engine, signal }: CommandCall): Promise<ExitCode | undefined> {
  const pipeline = values.positionals[0]
  const results = await (await engine()).tests.run(pipeline === undefined ? {} : { pipeline }, { signal })
  const failed = results.filter(({ passed }) => !passed).length
  await output.document({ passed: results.length - failed, failed, results }, () =>
    [
      ...results.flatMap(({ pipeline: name, test, passed, reasons, elapsedMs }) => [
        `${passed ? '✓' : '✗'} ${name} › ${visibleText(test)}  ${elapsedMs} ms`,
        ...reasons.map((reason) => `    ${visibleText(reason)}`),
      ]),
      output.say('testsDone', { passed: results.length - failed, failed }),
    ].join('\n'),
  )
  return failed === 0 ? undefined : 1
}
