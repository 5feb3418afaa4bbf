import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { serveHttp } from '../../http/serve-http.ts'
import { openServer } from '../../server/open-server.ts'
import { studioOffer } from '../../studio/studio-offer.ts'
import type { CommandCall } from '../command.ts'
import { usage } from '../usage.ts'

const DEFAULT_PORT = 7400
const DEFAULT_UPLOAD_MB = 10 * 1024

/** Serves until it is told to stop. The first token of a data folder is printed once and kept only as a hash. */
export async function run({ values, terminal, output, signal, language }: CommandCall): Promise<void> {
  const [certFile, keyFile] = [values.text('tls-cert'), values.text('tls-key')]
  if ((certFile === undefined) !== (keyFile === undefined)) throw usage('tlsPair', language, {})
  const onError = (error: unknown): void => output.note(error instanceof Error ? error.message : String(error))
  const dataDirectory = resolve(terminal.directory, values.text('data') ?? 'runnel-server')
  const server = await openServer({
    dataDirectory,
    variables: terminal.variables,
    language,
    onError,
  })
  try {
    const studio = await studioOffer(allowedFolders(values.text('allow'), terminal.directory, dataDirectory), {
      language,
      variables: terminal.variables,
      uploadLimitBytes: (values.count('upload-limit', 1) ?? DEFAULT_UPLOAD_MB) * 1024 * 1024,
    })
    const http = await serveHttp({
      host: values.text('host') ?? '127.0.0.1',
      port: values.count('port') ?? DEFAULT_PORT,
      ...(terminal.door === undefined ? {} : { door: terminal.door }),
      ...(certFile === undefined || keyFile === undefined ? {} : { tls: { certFile, keyFile } }),
      authenticate: (token) => server.trust.tokenName(token),
      hasToken: server.trust.hasTokens(),
      context: (actor) => server.context(actor),
      metrics: server.metrics,
      hooks: server.hooks,
      isReady: () => server.isReady(),
      version: server.version,
      ...(studio === undefined ? {} : { studio }),
      onError: (id, error) =>
        output.note(`${id} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    })
    const { url } = http
    const token = server.firstToken
    await output.event({ url, ...(token === undefined ? {} : { token }) }, () =>
      [output.say('serving', { url }), ...(token === undefined ? [] : [output.say('firstToken', { token })])].join(
        '\n',
      ),
    )
    if (!signal.aborted) await once(signal, 'abort')
    await http.stop()
  } finally {
    await server.stop()
  }
}

function allowedFolders(named: string | undefined, directory: string, dataDirectory: string): string[] {
  const folders = (named ?? '').split(',').filter((folder) => folder.trim() !== '')
  return folders.length === 0
    ? [join(dataDirectory, 'workspaces')]
    : folders.map((folder) => resolve(directory, folder.trim()))
}
