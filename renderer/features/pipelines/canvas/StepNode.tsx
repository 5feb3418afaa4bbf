import { ClockCircleOutlined } from '@ant-design/icons'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { useEditor } from '../document/use-editor.ts'
import { NodeFactsLine } from '../run-facts/NodeFactsLine.tsx'
import { useNodeFacts } from '../run-facts/use-run-facts.ts'
import styles from './Canvas.module.css'
import type { DrawnNode } from './graph.ts'
import { KindIcon } from './KindIcon.tsx'
import { type StepText, useStepTexts } from './step-texts.ts'

/** One node: what it is, how it is, and its handles; each named, so that a screen reader tells them apart. */
export const StepNode = memo(function StepNode({ data, selected }: NodeProps<DrawnNode>) {
  const t = useStepTexts()
  const { catalogue } = useEditor()
  const language = usePreferences((state) => state.language)
  const { name, kind, ports, outputs, state, problem, columns } = data
  const entry = catalogue.get(kind)
  const facts = useNodeFacts(name)
  return (
    <div className={styles['step']} data-state={state} data-selected={selected} title={problem ?? ''}>
      <Inputs t={t} name={name} ports={ports} />
      <span className={styles['icon']} data-group={entry?.group}>
        <KindIcon kind={kind} />
      </span>
      <span className={styles['texts']}>
        <bdi className={styles['name']}>{name}</bdi>
        <small>
          {entry?.title[language] ?? kind}
          {columns !== undefined && ` · ${t('canvas.columns', { count: columns })}`}
        </small>
      </span>
      {(state === 'error' || state === 'warning') && (
        <span role="img" className={styles['sign']} aria-label={t(`node.${state}`)}>
          !
        </span>
      )}
      {facts?.isStale === true && (
        <ClockCircleOutlined
          className={styles['stale'] ?? ''}
          aria-label={t('canvas:state.stale')}
          title={t('canvas:state.stale')}
        />
      )}
      {facts !== undefined && (
        <span className={styles['below']}>
          <NodeFactsLine facts={facts} group={entry?.group} />
        </span>
      )}
      <Outputs t={t} outputs={outputs} />
    </div>
  )
})

interface Texts {
  readonly t: StepText
}

function Inputs({ t, name, ports }: Texts & Pick<DrawnNode['data'], 'name' | 'ports'>) {
  return ports.map(({ field }, index) => (
    <Handle
      key={field}
      type="target"
      id={field}
      position={Position.Left}
      style={{ top: `${((index + 1) / (ports.length + 1)) * 100}%` }}
      role="img"
      aria-label={t('canvas.port', { node: name, field })}
    />
  ))
}

function Outputs({ t, outputs }: Texts & Pick<DrawnNode['data'], 'outputs'>) {
  return outputs.map(({ output, label, isReject }, index) => (
    <Handle
      key={output}
      type="source"
      id={output}
      position={Position.Right}
      data-reject={isReject}
      style={{ top: `${((index + 1) / (outputs.length + 1)) * 100}%` }}
      title={label}
      role="img"
      aria-label={t('canvas.output', { output })}
    />
  ))
}
