import { implement } from '@orpc/server'
import { standardsProcedures } from '../../contract/api/standards.ts'
import { currentCodes } from '../../contract/code-list-file.ts'
import { standardFileSchema } from '../../contract/standard-file.ts'
import type { NamedFolder } from '../../workspace/layout.ts'
import { unknownName } from '../../workspace/resolve-connection.ts'
import type { HostContext } from './context.ts'
import { draftDocument } from './draft-document.ts'
import { failing } from './failing.ts'
import { listNamed, readNamed, removeNamed, saveNamed } from './named-files.ts'
import { openWorkspace } from './open-workspace.ts'
import { checkStandards, fixStandards } from './standards/check-standards.ts'
import { importCodes } from './standards/import-codes.ts'

const area = implement(standardsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

const FOLDERS = { standard: 'standards', codes: 'standards/codes' } as const satisfies Record<string, NamedFolder>

export const standardsRouter = {
  list: area.list.handler(async ({ context }) => {
    const workspace = await openWorkspace(context)
    const codes = listNamed(workspace.codeLists, workspace, 'standards/codes')
    return {
      standards: listNamed(workspace.standards, workspace, 'standards'),
      codes: codes.map(({ name, document }) => ({
        name,
        ...(document === undefined
          ? {}
          : {
              count: currentCodes(document).length,
              source: document.source,
              edition: document.edition,
              mappings: Object.keys(document.mappings),
            }),
      })),
    }
  }),
  get: area.get.handler(async ({ input: { kind, name }, context }) => {
    const workspace = await openWorkspace(context)
    const documents: ReadonlyMap<string, unknown> = kind === 'codes' ? workspace.codeLists : workspace.standards
    const { text, digest } = await readNamed(documents, workspace, { folder: FOLDERS[kind], kind, name })
    return { text, digest }
  }),
  save: area.save.handler(async ({ input: { kind, name, text, expectedDigest }, context }) =>
    saveNamed(await openWorkspace(context), FOLDERS[kind], name, { content: { text }, expectedDigest }),
  ),
  remove: area.remove.handler(async ({ input: { kind, name }, context }) =>
    removeNamed(await openWorkspace(context), FOLDERS[kind], name),
  ),
  check: area.check.handler(({ input: { draft, ...request }, context, signal }) => {
    if (draft === undefined) return checkStandards(context, request, signal)
    const about = { file: FOLDERS.standard, schema: standardFileSchema, language: context.language }
    const { name, text } = draft
    return checkStandards(context, { ...request, draft: { name, file: draftDocument({ text }, about) } }, signal)
  }),
  fix: area.fix.handler(({ input, context, signal }) => fixStandards(context, input, signal)),
  mapping: area.mapping.handler(async ({ input: { list, mapping }, context }) => {
    const { codeLists } = await openWorkspace(context)
    const { mappings } = codeLists.get(list) ?? unknownName('codes', list, codeLists)
    const codes = mappings[mapping] ?? unknownName('codes', mapping, new Map(Object.entries(mappings)))
    return { codes: { ...codes } }
  }),
  importCodes: area.importCodes.handler(({ input, context, signal }) => importCodes(context, input, signal)),
}
