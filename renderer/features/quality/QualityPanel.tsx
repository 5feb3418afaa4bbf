import {
  BookOutlined,
  DeleteOutlined,
  EyeInvisibleOutlined,
  NumberOutlined,
  SafetyCertificateOutlined,
} from '@ant-design/icons'
import { App as AntApp } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EngineClient } from '../../../engine/contract/api.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { type Answer, useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { IconButton } from '../../ui/icon-button/IconButton.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { NewFile } from './NewFile.tsx'
import { NewRules } from './NewRules.tsx'
import styles from './Quality.module.css'

interface Named {
  readonly name: string
  readonly document?: { readonly dataset?: string } | object | undefined
}

/** Rules about data, policies that mask it, and standards for its columns. */
export function QualityPanel() {
  const { t } = useTranslation('quality')
  const rules = useAnswer(['quality', 'list'], (engine, signal) => engine.quality.list(undefined, { signal }))
  const policies = useAnswer(['masking', 'list'], (engine, signal) => engine.masking.list(undefined, { signal }))
  return (
    <>
      <h2 className={styles['heading']}>{t('rules')}</h2>
      <NewRules />
      <NamedList
        answer={rules}
        kind="rules"
        icon={<SafetyCertificateOutlined aria-hidden />}
        remove={(engine, name) => engine.quality.remove({ rules: name })}
      />
      <h2 className={styles['heading']}>{t('policies')}</h2>
      <NewFile
        kind="policy"
        area="masking"
        create={(engine, policy) =>
          engine.masking.save({ policy, content: { text: 'version: 1\ncolumns: []\nothers: keep\n' } })
        }
      />
      <NamedList
        answer={policies}
        kind="policy"
        icon={<EyeInvisibleOutlined aria-hidden />}
        remove={(engine, name) => engine.masking.remove({ policy: name })}
      />
      <StandardsLists />
    </>
  )
}

function StandardsLists() {
  const { t } = useTranslation('quality')
  const standards = useAnswer(
    ['standards', 'list', 'standard'],
    async (engine, signal) => (await engine.standards.list(undefined, { signal })).standards,
  )
  const codes = useAnswer(['standards', 'list', 'codes'], async (engine, signal) =>
    (await engine.standards.list(undefined, { signal })).codes.map(({ name, count }) => ({
      name,
      document: count === undefined ? undefined : { dataset: String(count) },
    })),
  )
  return (
    <>
      <h2 className={styles['heading']}>{t('standards')}</h2>
      <NewFile
        kind="standard"
        area="standards"
        create={(engine, name) =>
          engine.standards.save({ kind: 'standard', name, text: 'version: 1\nnaming: { case: snake }\nterms: []\n' })
        }
      />
      <NamedList
        answer={standards}
        kind="standard"
        icon={<BookOutlined aria-hidden />}
        remove={(engine, name) => engine.standards.remove({ kind: 'standard', name })}
      />
      <h2 className={styles['heading']}>{t('codeLists')}</h2>
      <NamedList
        answer={codes}
        kind="codes"
        icon={<NumberOutlined aria-hidden />}
        remove={(engine, name) => engine.standards.remove({ kind: 'codes', name })}
      />
    </>
  )
}

interface NamedListProps {
  readonly answer: Answer<readonly Named[]>
  readonly kind: 'rules' | 'policy' | 'standard' | 'codes'
  readonly icon: ReactNode
  readonly remove: (engine: EngineClient, name: string) => Promise<unknown>
}

function NamedList({ answer, kind, icon, remove }: NamedListProps) {
  const { t } = useTranslation('quality')
  const { openTab } = useWorkbench()
  const { modal } = AntApp.useApp()
  const act = useAct(remove, ['quality', 'masking', 'standards'])
  if (answer.state === 'loading') return <Skeleton rows={2} />
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  if (answer.data.length === 0) return <EmptyState title={t(`none.${kind}`)} hint={t(`noneHint.${kind}`)} />
  const ask = (name: string): void =>
    void modal.confirm({
      title: t('remove.title', { name }),
      okText: t('remove.go'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: () => act.run(name),
    })
  return (
    <>
      <ul className={styles['list']}>
        {answer.data.map(({ name, document }) => (
          <li key={name} className={styles['line']}>
            <button type="button" className={styles['open']} onClick={() => openTab({ kind, params: { name } })}>
              {icon}
              <bdi>{name}</bdi>
              <small>{document === undefined ? t('broken') : 'dataset' in document ? document.dataset : ''}</small>
            </button>
            <IconButton
              label={t('remove.of', { name })}
              icon={<DeleteOutlined aria-hidden />}
              onClick={() => ask(name)}
            />
          </li>
        ))}
      </ul>
      {act.failure !== undefined && <FailureNotice failure={act.failure} />}
    </>
  )
}
