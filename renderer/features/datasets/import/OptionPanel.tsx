import { App as AntApp, Button, Tooltip } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { Detection } from '../../../../engine/contract/api/data.ts'
import { languageSchema } from '../../../../engine/contract/localized.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { FieldInput } from '../../../ui/forms/FieldInput.tsx'
import styles from '../Datasets.module.css'
import { type OptionLine, optionLines, optionsAsYaml, optionText, shapeOfOption, withOption } from './option-lines.ts'
import type { SourceOptions } from './stored-options.ts'

interface OptionPanelProps {
  readonly detection: Detection
  readonly schema: Readonly<Record<string, unknown>>
  readonly options: SourceOptions
  readonly onChange: (options: SourceOptions) => void
  readonly onUse: () => void
}

/** Every option with its origin; what a person sets here stays until it is reset. */
export function OptionPanel({ detection, schema, options, onChange, onUse }: OptionPanelProps) {
  const { t, i18n } = useTranslation('datasets')
  const { message } = AntApp.useApp()
  const language = languageSchema.catch('en').parse(i18n.language)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(optionsAsYaml(options))
    void message.success(t('import.copied'))
  }
  return (
    <section className={styles['options']} aria-label={t('import.options')}>
      <div className={styles['optionList']}>
        {optionLines(detection.options, schema, language).map((line) => (
          <OptionInput key={line.option.name} line={line} options={options} onChange={onChange} />
        ))}
      </div>
      <div className={styles['acts']}>
        <Button type="primary" size="small" onClick={onUse}>
          {t('import.use')}
        </Button>
        <Button size="small" disabled={Object.keys(options).length === 0} onClick={() => onChange({})}>
          {t('import.reset')}
        </Button>
        <Tooltip title={t('import.copyHint')}>
          <Button size="small" onClick={() => void copy()}>
            {t('import.copy')}
          </Button>
        </Tooltip>
      </div>
    </section>
  )
}

const valueSchema = z.json().optional()

interface OptionInputProps extends Pick<OptionPanelProps, 'options' | 'onChange'> {
  readonly line: OptionLine
}

function OptionInput({ line, options, onChange }: OptionInputProps) {
  const { option, field } = line
  const shape = shapeOfOption(line)
  const { t, i18n } = useTranslation('datasets')
  const formats = useFormats()
  const id = useId()
  const language = languageSchema.catch('en').parse(i18n.language)
  const set = (value: unknown): void => onChange(withOption(options, option.name, valueSchema.parse(value)))
  const others = option.alternatives.filter(({ value }) => JSON.stringify(value) !== JSON.stringify(option.value))
  const isGiven = option.name in options
  return (
    <div className={styles['option']} role="group" aria-labelledby={`${id}-label`}>
      <label id={`${id}-label`} htmlFor={id}>
        {field.title}
        <span className={styles['origin']} data-origin={option.origin}>
          {option.confidence !== undefined && option.origin === 'detected'
            ? t('import.sure', { share: formats.percent(option.confidence) })
            : t(`import.origin.${option.origin}`)}
        </span>
        {isGiven && (
          <Button type="link" size="small" onClick={() => set(undefined)}>
            {t('import.resetOne', { name: field.title })}
          </Button>
        )}
      </label>
      <FieldInput
        shape={shape}
        value={(isGiven ? options[option.name] : option.value) ?? undefined}
        onChange={set}
        place={{
          path: option.name,
          id,
          label: field.title,
          problems: {},
          language,
          draw: undefined,
          Input: FieldInput,
        }}
      />
      {others.length > 0 && shape.kind !== 'choice' && (
        <div className={styles['alternatives']} role="group" aria-label={t('import.others', { name: field.title })}>
          {others.map(({ value }) => (
            <Button key={JSON.stringify(value)} size="small" onClick={() => set(value)}>
              {optionText(value)}
            </Button>
          ))}
        </div>
      )}
      {field.description !== undefined && <small>{field.description}</small>}
    </div>
  )
}
