import { connectionSource } from '../connection-source.ts'
import { listedDatasets } from '../connections/listed.ts'
import type { HostContext } from '../context.ts'
import { parametersFor } from '../find-pipeline.ts'
import { resourcesOf } from '../resources.ts'
import type { TextNames } from './complete-text.ts'
import { lenientDocument } from './lenient-document.ts'
import { columnsOfOutput, inputsOf, upTo } from './node-input.ts'
import { sourceSchemas } from './source-schemas.ts'

interface Asked {
  readonly environment?: string | undefined
  readonly offline: boolean
}

/** The names of a workspace for the text of one of its pipelines. What cannot be learned is not offered: nobody asked for a failure. */
export function textNames(context: HostContext, { environment, offline }: Asked, signal?: AbortSignal): TextNames {
  return {
    datasets: async (beginning) => {
      const { workspace } = await connectionSource(context, environment)
      const connection = beginning.split(':', 1)[0] ?? ''
      if (!beginning.includes(':')) {
        return [...workspace.connections].map(([name, { kind }]) => ({ name: `${name}:`, detail: kind }))
      }
      if (offline || !workspace.connections.has(connection)) return []
      const listed = await listedDatasets(context, connection, environment).catch(() => [])
      return listed.map(({ name, kind }) => ({ name: `${connection}:${name}`, detail: kind }))
    },
    columns: async (node, root) => {
      try {
        const source = await connectionSource(context, environment)
        const { file } = lenientDocument(root, context.language)
        const [over] = inputsOf(file, node)
        if (over === undefined) return []
        const { desk } = resourcesOf(context)
        const { schemas } = await sourceSchemas(upTo(file, over), { source, desk, offline, signal })
        const parameters = parametersFor(source.workspace, file, { environment, parameters: undefined })
        return (await columnsOfOutput({ file, schemas, parameters, bind: desk.bind }, over)) ?? []
      } catch {
        return []
      }
    },
  }
}
