import { newKeyText, openKey, rotatedKeyText, secretOfKey } from '../../../govern/masking/keyring.ts'
import { chooseStore } from '../../../workspace/secrets/open-secrets.ts'
import type { HostContext } from '../context.ts'
import { openWorkspace, secretsRequest } from '../open-workspace.ts'

/** A key that is there stays as it is unless it is to be rotated: another one would mask everything anew. */
export async function makeMaskKey(
  context: HostContext,
  { key, rotate }: { readonly key: string; readonly rotate: boolean },
): Promise<{ version: string; made: boolean; keptIn: 'key-store' | 'file' }> {
  const store = await chooseStore(secretsRequest(await openWorkspace(context), context))
  const before = await store.get(secretOfKey(key))
  const made = before === undefined || rotate
  const text = before === undefined ? newKeyText() : rotate ? rotatedKeyText(key, before) : before
  if (made) await store.set(secretOfKey(key), text)
  return { version: openKey(key, text).current, made, keptIn: store.kind }
}
