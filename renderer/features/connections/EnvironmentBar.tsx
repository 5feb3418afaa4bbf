import { Button, Input, Segmented, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nameProblem } from './connection-draft.ts'
import { Field } from './Field.tsx'
import { environmentIn, inEnvironment, type Place } from './place.ts'

interface EnvironmentBarProps {
  /** Of all environments, those that are not saved yet too. */
  readonly names: readonly string[]
  /** The one that holds where none is named. */
  readonly usual: string | undefined
  readonly place: Place
  readonly onChange: (place: Place) => void
  readonly onAdd: (name: string) => void
}

/** Which values of a connection are shown: those that hold everywhere, those of one environment, or all side by side. */
export function EnvironmentBar({ names, usual, place, onChange, onAdd }: EnvironmentBarProps) {
  const { t } = useTranslation('connections')
  const [isAdding, setAdding] = useState(false)
  const add = (name: string): void => {
    setAdding(false)
    onAdd(name)
  }
  const options = [
    { value: 'everywhere' as const, label: t('environment.everywhere') },
    ...names.map((name) => ({
      value: inEnvironment(name),
      label: name === usual ? t('environment.usual', { name }) : name,
    })),
    ...(names.length === 0 ? [] : [{ value: 'sideBySide' as const, label: t('environment.sideBySide') }]),
  ]
  return (
    <>
      <Space wrap>
        {names.length > 0 && (
          <Segmented<Place> aria-label={t('environment.values')} value={place} onChange={onChange} options={options} />
        )}
        {!isAdding && (
          <Button type="text" size="small" onClick={() => setAdding(true)}>
            {t('environment.add')}
          </Button>
        )}
      </Space>
      {isAdding && <NewEnvironment taken={names} onAdd={add} onCancel={() => setAdding(false)} />}
      <p>{t(place === 'everywhere' ? 'environment.help' : helpOf(place), { name: environmentIn(place) ?? '' })}</p>
    </>
  )
}

function helpOf(place: Place): 'environment.helpOne' | 'environment.helpAll' {
  return environmentIn(place) === undefined ? 'environment.helpAll' : 'environment.helpOne'
}

interface NewEnvironmentProps {
  readonly taken: readonly string[]
  readonly onAdd: (name: string) => void
  readonly onCancel: () => void
}

function NewEnvironment({ taken, onAdd, onCancel }: NewEnvironmentProps) {
  const { t } = useTranslation('connections')
  const [name, setName] = useState('')
  const problem = name === '' ? undefined : nameProblem(name, taken)
  const add = (): void => {
    if (name !== '' && problem === undefined) onAdd(name)
  }
  return (
    <Field
      label={t('environment.name')}
      help={t('environment.nameHelp')}
      {...(problem === undefined ? {} : { problem: t(problem === 'name.taken' ? 'environment.taken' : problem) })}
    >
      {(id) => (
        <Space.Compact>
          <Input
            id={id}
            autoFocus
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={add}
            onKeyDown={(event) => event.key === 'Escape' && onCancel()}
          />
          <Button disabled={name === '' || problem !== undefined} onClick={add}>
            {t('environment.addGo')}
          </Button>
        </Space.Compact>
      )}
    </Field>
  )
}
