import { useTranslation } from 'react-i18next'
import { useAct } from '../../../app/rpc/use-act.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Select } from '../../../ui/select/Select.tsx'
import { withNode } from '../document/edits.ts'
import { useEditor, useNode } from '../document/use-editor.ts'

/** Takes the codes of a node that converts them from what a code list maps. Nothing is offered where no list maps anything. */
export function CodesOfList({ name }: { readonly name: string }) {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const config = useNode(name)
  const known = useAnswer(['standards', 'list', 'mappings'], async (engine, signal) => {
    const { codes } = await engine.standards.list(undefined, { signal })
    return codes.flatMap(({ name: list, mappings = [] }) => mappings.map((mapping) => ({ list, mapping })))
  })
  const take = useAct(async (engine, { list, mapping }: { readonly list: string; readonly mapping: string }) => {
    const { codes } = await engine.standards.mapping({ list, mapping })
    editor.change((document) => {
      const now = document.nodes[name]
      return now === undefined ? document : withNode(document, name, { ...now, codes, list, mapping })
    })
  })
  if (known.state !== 'ready' || known.data.length === 0) return null
  const chosen = known.data.findIndex(({ list, mapping }) => list === config?.['list'] && mapping === config['mapping'])
  return (
    <>
      <Select
        size="small"
        style={{ width: '100%' }}
        aria-label={t('inspector.codesOf')}
        placeholder={t('inspector.codesOf')}
        loading={take.isRunning}
        value={chosen < 0 ? null : chosen}
        options={known.data.map(({ list, mapping }, i) => ({ value: i, label: `${list} · ${mapping}` }))}
        onChange={(place: number) => {
          const wanted = known.data[place]
          if (wanted !== undefined) void take.run(wanted)
        }}
      />
      {take.failure !== undefined && <FailureNotice failure={take.failure} />}
    </>
  )
}
