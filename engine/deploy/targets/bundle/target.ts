import { buildBundle, EXPORT_VALID_MS, newNonce } from '../../bundle.ts'
import { signBundle } from '../../sign.ts'
import type { ExportTarget } from '../target.ts'

/** One signed bundle file: what a push sends, to be carried by hand. */
export const bundleTarget: ExportTarget = {
  title: { en: 'Signed bundle', zh: '已签名的部署包' },
  files: async ({ workspace, job, environment, schemas, nowMs, signingKey }) => {
    const bundle = await buildBundle({
      workspace,
      job,
      schemas: schemas.sources,
      createdAtMs: nowMs,
      validForMs: EXPORT_VALID_MS,
      nonce: newNonce(),
      ...(environment === undefined ? {} : { environment }),
    })
    const signed = signBundle(bundle, await signingKey())
    return [{ name: `${job}.bundle.json`, text: `${JSON.stringify(signed, undefined, 2)}\n` }]
  },
}
