import { BookOutlined, EyeInvisibleOutlined, NumberOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EngineClient } from '../../../engine/contract/api.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { type Answer, useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { NamedLine, NamedList, RemoveButton } from '../../ui/named-list/NamedList.tsx'
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
      <Files
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
      <Files
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
      <Files
        answer={standards}
        kind="standard"
        icon={<BookOutlined aria-hidden />}
        remove={(engine, name) => engine.standards.remove({ kind: 'standard', name })}
      />
      <h2 className={styles['heading']}>{t('codeLists')}</h2>
      <Files
        answer={codes}
        kind="codes"
        icon={<NumberOutlined aria-hidden />}
        remove={(engine, name) => engine.standards.remove({ kind: 'codes', name })}
      />
    </>
  )
}

interface FilesProps {
  readonly answer: Answer<readonly Named[]>
  readonly kind: 'rules' | 'policy' | 'standard' | 'codes'
  readonly icon: ReactNode
  readonly remove: (engine: EngineClient, name: string) => Promise<unknown>
}

function Files({ answer, kind, icon, remove }: FilesProps) {
  const { t } = useTranslation('quality')
  const { openTab } = useWorkbench()
  const act = useAct(remove, ['quality', 'masking', 'standards'])
  if (answer.state === 'loading') return <Skeleton rows={2} />
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  if (answer.data.length === 0) return <EmptyState title={t(`none.${kind}`)} hint={t(`noneHint.${kind}`)} />
  return (
    <>
      <NamedList>
        {answer.data.map(({ name, document }) => (
          <NamedLine
            key={name}
            icon={icon}
            name={name}
            detail={document === undefined ? t('broken') : 'dataset' in document ? document.dataset : ''}
            onOpen={() => openTab({ kind, params: { name } })}
          >
            <RemoveButton
              label={t('remove.of', { name })}
              title={t('remove.title', { name })}
              detail={t(`remove.detail.${kind}`)}
              go={t('remove.go')}
              keep={t('keep')}
              act={() => act.run(name)}
            />
          </NamedLine>
        ))}
      </NamedList>
      {act.failure !== undefined && <FailureNotice failure={act.failure} />}
    </>
  )
}
