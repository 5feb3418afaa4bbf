import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeptReject } from '../../../engine/contract/reject.ts'
import { useTold } from '../../app/i18n/use-told.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { rawBytes } from '../../ui/viewer/raw-bytes.ts'
import { hexLines } from '../../ui/viewer/value-forms.ts'
import styles from './Runs.module.css'
import { rejectKey } from './reject-row.ts'

const SHOWN_TEXT = 4_000
const SHOWN_BYTES = 512
const COLUMNS = ['rule', 'column', 'value', 'reason', 'locator', 'row'] as const

interface RejectTableProps {
  readonly rejects: readonly KeptReject[]
  readonly pipeline: string
}

/** Refused rows: what refused them, the value, the place, and the row or its bytes. */
export function RejectTable({ rejects, pipeline }: RejectTableProps) {
  const { t } = useTranslation('runs')
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('rejects')}>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {t(`reject.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rejects.map((reject, index) => (
            // Rejects have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <RejectLine key={index} reject={reject} pipeline={pipeline} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RejectLine({ reject, pipeline }: { readonly reject: KeptReject; readonly pipeline: string }) {
  const told = useTold()
  const { rule, column, value, reason, locator, raw } = reject
  return (
    <tr>
      <td>
        <bdi>{rule}</bdi>
      </td>
      <td>
        <bdi>{column}</bdi>
      </td>
      <td>
        <code dir="auto">{value?.slice(0, 200)}</code>
      </td>
      <td>{told(reason)}</td>
      <td>
        <code dir="auto">{locator}</code>
      </td>
      <td>
        {raw !== null && <Raw raw={raw} />}
        <BiographyLink reject={reject} pipeline={pipeline} />
      </td>
    </tr>
  )
}

/** The row as it was read; bytes that are no text as bytes and what they spell. */
function Raw({ raw }: { readonly raw: string }) {
  const { t } = useTranslation('runs')
  const [isOpen, setOpen] = useState(false)
  const bytes = rawBytes(raw)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(bytes === undefined ? 'reject.showRow' : 'reject.showBytes')}</summary>
      {isOpen && (
        <pre dir="auto">
          {bytes === undefined
            ? raw.slice(0, SHOWN_TEXT)
            : hexLines(bytes.subarray(0, SHOWN_BYTES))
                .map(({ offset, hex, text }) => `${offset}  ${hex.padEnd(47)}  ${text}`)
                .join('\n')}
        </pre>
      )}
    </details>
  )
}

/** The way of the row through the pipeline; not of a line that no source could read, which went nowhere. */
function BiographyLink({ reject, pipeline }: { readonly reject: KeptReject; readonly pipeline: string }) {
  const { t } = useTranslation('runs')
  const { openTab } = useWorkbench()
  const found = useAnswer(['pipelines', 'get', pipeline], (engine, signal) =>
    engine.pipelines.get({ pipeline }, { signal }),
  )
  const { node } = reject
  const type = found.state === 'ready' && node !== undefined ? found.data.document.nodes[node]?.type : undefined
  if (node === undefined || type === undefined || type === 'source') return null
  const key = rejectKey(reject)
  return (
    <Button
      size="small"
      type="link"
      onClick={() => openTab({ kind: 'rowWay', params: { pipeline, output: `${node}.rejects`, key } })}
    >
      {t('reject.way')}
    </Button>
  )
}
