import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { percent } from '../../../../engine/contract/profile/finding-texts.ts'
import type { Relation } from '../../../../engine/contract/profile/relation.ts'
import type { WrittenRule } from '../../../../engine/contract/rule.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { MakeRuleButton } from '../profile/MakeRuleButton.tsx'
import { orphanQuery } from './orphan-query.ts'
import styles from './Relations.module.css'

interface RelationListProps {
  readonly relations: readonly Relation[]
  readonly warnings: readonly string[]
}

/** Best first; each with its orphans and with what can be done. */
export function RelationList({ relations, warnings }: RelationListProps) {
  const { t } = useTranslation('datasets')
  return (
    <>
      {warnings.map((warning) => (
        <p key={warning} className={styles['note']}>
          {warning}
        </p>
      ))}
      {relations.length === 0 ? (
        <EmptyState title={t('relations.none')} hint={t('relations.noneHint')} />
      ) : (
        <ul className={styles['relations']} aria-label={t('relations.title')}>
          {relations.map((relation) => (
            <RelationLine key={JSON.stringify([relation.from, relation.to])} relation={relation} />
          ))}
        </ul>
      )}
    </>
  )
}

function RelationLine({ relation }: { readonly relation: Relation }) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const { openTab } = useWorkbench()
  const { kind, from, to, values, found, overlap, orphanRows, orphans } = relation
  return (
    <li>
      <small>{t(`relations.kind.${kind}`)}</small>
      <div>
        <p>
          <bdi>{`${from.dataset} · ${from.column}`}</bdi> → <bdi>{`${to.dataset} · ${to.column}`}</bdi>
        </p>
        <p className={styles['note']}>
          {t('relations.found', {
            found: formats.number(found),
            values: formats.number(values),
            overlap: percent(overlap),
          })}{' '}
          {orphanRows > 0 &&
            t('relations.orphans', {
              count: orphanRows,
              rows: formats.number(orphanRows),
              examples: orphans.join(', '),
            })}
        </p>
      </div>
      <div className={styles['acts']}>
        {orphanRows > 0 && (
          <Button size="small" onClick={() => openTab({ kind: 'sql', params: { sql: orphanQuery(relation) } })}>
            {t('relations.showOrphans')}
          </Button>
        )}
        {kind === 'foreign_key' && <MakeRuleButton dataset={from.dataset} rule={keyRule(relation)} />}
      </div>
    </li>
  )
}

/** Every value must be found there. */
function keyRule({ from, to }: Relation): WrittenRule {
  return {
    check: 'foreign_key',
    columns: [from.column],
    references: { dataset: to.dataset, columns: [to.column] },
  }
}
