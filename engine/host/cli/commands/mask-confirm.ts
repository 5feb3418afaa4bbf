import { Failure } from '../../../contract/failure.ts'
import { personalClassSchema } from '../../../contract/personal-class.ts'
import type { CommandCall } from '../command.ts'

export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const [dataset, column, said] = [values.at(0), values.at(1), values.positionals[2]]
  const isUndone = values.flag('undo')
  const level = personalClassSchema.safeParse(said)
  if (isUndone === level.success)
    throw new Failure('usage.invalid', { reason: 'say one of none, personal, sensitive, or --undo' })
  const { masking } = await engine()
  const confirmed = { dataset, column, ...(level.success ? { class: level.data } : {}) }
  const { file } = await masking.confirm(confirmed, { signal })
  await output.document({ ...confirmed, file }, () =>
    output.say(isUndone ? 'classTakenBack' : 'classConfirmed', { column, class: said ?? '', file }),
  )
}
