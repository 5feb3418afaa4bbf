import type { Finding } from '../../contract/api/server.ts'
import { describeFailure, failureFromData } from '../../contract/failure.ts'
import { failureFinding, finding } from '../../deploy/findings.ts'
import { unknownName } from '../../workspace/resolve-connection.ts'
import type { ConnectionSource } from '../router/open-connection.ts'
import { planOf } from '../router/syncs/plan-of.ts'

/** Whether a sync would work here, now: its connections, what they can do, and every table against the target. Changes nothing. */
export async function syncFindings(source: ConnectionSource, name: string): Promise<Finding[]> {
  const { syncs } = source.workspace
  const file = syncs.get(name) ?? unknownName('sync', name, syncs)
  const findings: Finding[] = []
  try {
    for await (const event of planOf(source, { name, file })) {
      if (event.kind === 'names') {
        if (!event.source.changes) findings.push(cannot(file.source, 'hands out no changes', '无法提供变更'))
        if (!event.target.applies) findings.push(cannot(file.target, 'takes no changes', '无法接收变更'))
        continue
      }
      const { dataset, failure } = event.table
      if (failure === undefined) continue
      const [en, zh] = (['en', 'zh'] as const).map((language) => {
        const { message, next } = describeFailure(failureFromData(failure), language)
        return `${message} ${next}`
      })
      // Where such a table is left out, the others can go on without it.
      const severity = file.failedTable === 'leave_out' ? 'warning' : 'error'
      findings.push({ ...finding(severity, dataset, { en: en ?? '', zh: zh ?? '' }), failure })
    }
  } catch (error) {
    findings.push(failureFinding('error', name, error))
  }
  return findings
}

function cannot(connection: string, en: string, zh: string): Finding {
  return finding('error', connection, { en: `${connection} ${en}.`, zh: `${connection} ${zh}。` })
}
