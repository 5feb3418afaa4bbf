import type { ExitCode } from '../../../contract/failure-spec.ts'
import { printProblem } from '../../../workspace/load.ts'
import type { CommandCall } from '../command.ts'
import { visibleText } from '../width.ts'

export async function run({ output, engine, signal }: CommandCall): Promise<ExitCode | undefined> {
  const checked = await (await engine()).workspace.check(undefined, { signal })
  const { files, problems } = checked
  await output.document(checked, () =>
    [
      ...problems.map((problem) => visibleText(printProblem(problem))),
      problems.length === 0
        ? output.say('checkedSound', { files })
        : output.say('checkedProblems', { files, count: problems.length }),
    ].join('\n'),
  )
  return problems.length === 0 ? undefined : 2
}
