import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { refusal } from '../document/connections.ts'
import { useEditor } from '../document/use-editor.ts'
import { isFound } from '../mapping/list-keys.ts'
import { CanvasMenu } from './CanvasMenu.tsx'
import { Chooser } from './Chooser.tsx'
import { type Asking, useCanvas, useCanvasStore } from './canvas-store.ts'
import { focusCanvas } from './focus-canvas.ts'
import { KindIcon } from './KindIcon.tsx'
import { matchingKinds } from './matching-kinds.ts'
import { useNodeActs } from './use-node-acts.ts'

/** The choice that is asked for on the canvas, if any. */
export function Asked() {
  const store = useCanvasStore()
  const asking = useCanvas((state) => state.asking)
  const close = useCallback(() => {
    store.setState({ asking: undefined })
    focusCanvas()
  }, [store])
  if (asking === undefined) return null
  switch (asking.kind) {
    case 'add':
      return <AddChooser asking={asking} onClose={close} />
    case 'connect':
      return <ConnectChooser asking={asking} onClose={close} />
    case 'menu':
      return <CanvasMenu asking={asking} onClose={close} />
    default:
      return asking satisfies never
  }
}

interface AskedProps<Kind extends Asking['kind']> {
  readonly asking: Extract<Asking, { kind: Kind }>
  readonly onClose: () => void
}

function AddChooser({ asking: { at, place, from, onto }, onClose }: AskedProps<'add'>) {
  const { t } = useTranslation('canvas')
  const { catalogue } = useEditor()
  const acts = useNodeActs()
  const language = usePreferences((state) => state.language)
  // What is put between two nodes reads and is read; what is put after one reads.
  const fitting = [...catalogue.values()].filter(
    ({ inputs, outputs }) =>
      (onto === undefined && from === undefined) ||
      (inputs.length > 0 && (onto === undefined || outputs.some(({ isReject }) => !isReject))),
  )
  return (
    <Chooser
      label={t(onto !== undefined ? 'chooser.insert' : from !== undefined ? 'chooser.after' : 'chooser.add')}
      at={at}
      choicesFor={(query) =>
        matchingKinds(fitting, query, language).map(({ kind, title }) => ({
          id: kind,
          label: title[language],
          icon: <KindIcon kind={kind} />,
        }))
      }
      onChoose={(kind) => {
        onClose()
        acts.add(kind, {
          ...(place === undefined ? {} : { at: place }),
          ...(from === undefined ? {} : { from }),
          ...(onto === undefined ? {} : { onto }),
        })
      }}
      onClose={onClose}
    />
  )
}

function ConnectChooser({ asking: { at, from }, onClose }: AskedProps<'connect'>) {
  const { t } = useTranslation('canvas')
  const { editor, catalogue } = useEditor()
  const acts = useNodeActs()
  const language = usePreferences((state) => state.language)
  const { document } = editor.store.getState()
  const readers = Object.entries(document.nodes).filter(
    ([to]) => refusal(document, { from, to }, catalogue) === undefined,
  )
  return (
    <Chooser
      label={t('chooser.connect', { from })}
      at={at}
      choicesFor={(query) =>
        readers
          .filter(([name]) => isFound(name, query))
          .map(([name, { type }]) => ({
            id: name,
            label: name,
            hint: catalogue.get(type)?.title[language] ?? type,
            icon: <KindIcon kind={type} />,
          }))
      }
      onChoose={(to) => {
        onClose()
        acts.connect(from, to)
      }}
      onClose={onClose}
    />
  )
}
