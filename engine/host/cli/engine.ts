import { createRouterClient } from '@orpc/server'
import { Secret } from '../../base/secret.ts'
import type { EngineClient } from '../../contract/api.ts'
import type { AskKey } from '../../workspace/secrets/secret-store.ts'
import type { HostContext } from '../router/context.ts'
import { router } from '../router/router.ts'
import { runLimits } from '../router/studio/settings.ts'
import { localWork } from '../worker/local-work.ts'
import type { CommandCall } from './command.ts'
import { CLI_TEXT } from './text.ts'

type EngineCall = Omit<CommandCall, 'output' | 'engine'>

/** The engine in this process, or the server named by --on. */
export async function connectEngine(call: EngineCall): Promise<EngineClient> {
  const context = hostContext(call)
  const server = call.values.text('on')
  if (server === undefined) return createRouterClient(router, { context })
  const { knownServer } = await import('../router/known-servers.ts')
  return knownServer(context, server)
}

function hostContext(call: EngineCall): HostContext {
  const { terminal, language, workspaceDirectory } = call
  const { variables } = terminal
  const askKey: AskKey = async () => {
    const key = await terminal.askHidden(CLI_TEXT.keyPrompt[language])
    return key === undefined ? undefined : new Secret(key)
  }
  return {
    workspaceDirectory,
    language,
    variables,
    askKey,
    ...(workspaceDirectory === undefined
      ? {}
      : localWork({ workspaceDirectory, language, askKey, variables, limits: () => runLimits({ variables }) })),
  }
}
