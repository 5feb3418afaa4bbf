import type { CommandCall } from '../command.ts'
import { printReceipt } from '../print-receipt.ts'
import { runNamed } from '../run-named.ts'

export async function run(call: CommandCall): Promise<void> {
  const { output, engine, signal } = call
  const receipt = await (await engine()).runs.receipt({ runId: await runNamed(call) }, { signal })
  await output.document(receipt, () => printReceipt(receipt, output))
}
