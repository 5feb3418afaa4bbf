import { Button, Input, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { TextChooser } from '../../../ui/text/TextChooser.tsx'
import { ExpressionField } from '../expression/ExpressionField.tsx'
import { castFidelity } from './cast-fidelity.ts'
import { type MapField, sourceOf, withMoved, withName, withoutField, withParts } from './fields.ts'
import styles from './Mapping.module.css'
import type { Mapping, RowValues } from './use-mapping.ts'

/** What is offered; any of DuckDB's types may be typed. */
const TYPES = [
  'VARCHAR',
  'BIGINT',
  'INTEGER',
  'DECIMAL(18,2)',
  'DOUBLE',
  'BOOLEAN',
  'DATE',
  'TIMESTAMP',
  'TIME',
  'JSON',
]
const KINDS = ['column', 'expression'] as const

interface FieldDetailProps {
  readonly node: string
  /** Of the chosen row of the input. */
  readonly values: RowValues
  readonly mapping: Mapping
  /** Of the chosen field among all; undefined while there is none. */
  readonly place: number | undefined
  readonly onMoved: (by: number) => void
}

/** The chosen field: its name, where its value comes from, its type. */
export function FieldDetail({ mapping, place, ...rest }: FieldDetailProps) {
  const { t } = useTranslation('mapping')
  const field = place === undefined ? undefined : mapping.fields[place]
  if (field === undefined || place === undefined) {
    return (
      <aside className={styles['detail']}>
        <p>{t('mapping.noField')}</p>
      </aside>
    )
  }
  return <ChosenField key={place} {...rest} mapping={mapping} place={place} field={field} />
}

interface ChosenFieldProps extends FieldDetailProps {
  readonly place: number
  readonly field: MapField
}

function ChosenField({ node, values, mapping, place, field, onMoved }: ChosenFieldProps) {
  const { t } = useTranslation('mapping')
  const { change } = mapping
  const move = (by: number): void => {
    change((fields) => withMoved(fields, place, by))
    onMoved(by)
  }
  return (
    <aside className={styles['detail']} aria-label={t('mapping.field', { name: field.to })}>
      <label>
        <span>{t('mapping.name')}</span>
        <Input
          size="small"
          defaultValue={field.to}
          key={field.to}
          onBlur={(event) => change((fields) => withName(fields, place, event.target.value.trim()))}
          onPressEnter={(event) => !event.nativeEvent.isComposing && event.currentTarget.blur()}
        />
      </label>
      <Origin node={node} values={values} mapping={mapping} place={place} field={field} />
      <TypeChoice mapping={mapping} place={place} field={field} />
      <div className={styles['acts']}>
        <Button size="small" disabled={place === 0} onClick={() => move(-1)}>
          {t('mapping.up')}
        </Button>
        <Button size="small" disabled={place === mapping.fields.length - 1} onClick={() => move(1)}>
          {t('mapping.down')}
        </Button>
        <Button size="small" danger onClick={() => change((fields) => withoutField(fields, place))}>
          {t('mapping.remove')}
        </Button>
      </div>
    </aside>
  )
}

type PartProps = Pick<ChosenFieldProps, 'mapping' | 'place' | 'field'>

function Origin({ node, values, mapping, place, field }: PartProps & Pick<ChosenFieldProps, 'node' | 'values'>) {
  const { t } = useTranslation('mapping')
  const source = sourceOf(field)
  const set = (parts: Parameters<typeof withParts>[2], group?: string): void =>
    mapping.change((fields) => withParts(fields, place, parts), group)
  return (
    <>
      <Segmented
        size="small"
        aria-label={t('mapping.origin')}
        value={source === undefined ? 'expression' : 'column'}
        options={KINDS.map((value) => ({ value, label: t(`mapping.origin.${value}`) }))}
        onChange={(kind) =>
          kind === 'column'
            ? set({ expr: undefined, value: undefined, from: mapping.columns[0]?.name ?? field.to })
            : set({ from: undefined, value: undefined, expr: quoted(source ?? '') })
        }
      />
      {source === undefined ? (
        <ExpressionField
          node={node}
          path="expr"
          title={t('mapping.origin.expression')}
          row={values}
          value={field.expr ?? ''}
          onChange={(expr) =>
            set({ value: undefined, expr: typeof expr === 'string' ? expr : '' }, `expr ${node} ${place}`)
          }
        />
      ) : (
        <TextChooser
          size="small"
          aria-label={t('mapping.from')}
          value={source}
          options={mapping.columns.map(({ name }) => ({ value: name }))}
          showSearch={{ filterOption: (text, option) => String(option?.value).includes(text) }}
          onText={(from) => set({ from }, `from ${node} ${place}`)}
        />
      )}
    </>
  )
}

/** The name of a column as an expression has it. */
function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

function TypeChoice({ mapping, place, field }: PartProps) {
  const { t } = useTranslation('mapping')
  const source = sourceOf(field)
  const given = mapping.columns.find(({ name }) => name === source)?.type
  const fidelity = given === undefined || field.type === undefined ? undefined : castFidelity(given, field.type)
  return (
    <label>
      <span>{t('mapping.type')}</span>
      <TextChooser
        size="small"
        allowClear
        aria-label={t('mapping.type')}
        value={field.type ?? ''}
        placeholder={mapping.types.get(field.to) ?? t('mapping.typeKept')}
        options={TYPES.map((value) => ({ value }))}
        onText={(type) =>
          mapping.change((fields) => withParts(fields, place, { type: type || undefined }), `type ${place}`)
        }
      />
      {fidelity !== undefined && (
        <small {...(fidelity.kind === 'lossy' ? { className: styles['loss'] } : {})}>
          {fidelity.kind === 'lossy' ? `⚠ ${t(`mapping.loss.${fidelity.reason}`)}` : t(`mapping.${fidelity.kind}`)}
        </small>
      )}
    </label>
  )
}
