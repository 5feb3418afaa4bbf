import { useEffect, useRef } from 'react'
import { toFailure } from '../../../engine/contract/failure.ts'
import { FailureNotice } from '../failure/FailureNotice.tsx'
import { Skeleton } from '../skeleton/Skeleton.tsx'
import styles from './Editor.module.css'
import { TEXT_OPTIONS } from './editor-options.ts'
import type { Monaco } from './load-monaco.ts'
import { MONACO_THEME_NAMES } from './monaco-theme-names.ts'
import type { TextLanguage } from './open-editor.ts'
import { useDrawnMode } from './use-drawn-mode.ts'
import { useMonaco } from './use-monaco.ts'

/** No comparison takes longer: Monaco gives up before. */
const WORKER_MS = 10_000

interface TextDiffProps {
  readonly before: string
  readonly after: string
  readonly language: TextLanguage
  readonly beforeLabel: string
  readonly afterLabel: string
}

/** Two texts and what differs; fills its parent. */
export function TextDiff(props: TextDiffProps) {
  const { monaco, error } = useMonaco()
  if (error !== undefined) return <FailureNotice failure={toFailure(error)} />
  return (
    <div className={styles['text']}>
      {monaco === undefined ? <Skeleton rows={4} /> : <OpenedDiff {...props} monaco={monaco} />}
    </div>
  )
}

function OpenedDiff({
  monaco,
  before,
  after,
  language,
  beforeLabel,
  afterLabel,
}: TextDiffProps & { readonly monaco: Monaco }) {
  const place = useRef<HTMLDivElement>(null)
  const theme = MONACO_THEME_NAMES[useDrawnMode()]
  useEffect(() => {
    if (place.current === null) return
    const editor = monaco.editor.createDiffEditor(place.current, {
      ...TEXT_OPTIONS,
      readOnly: true,
      domReadOnly: true,
      renderOverviewRuler: false,
      hideUnchangedRegions: { enabled: true },
    })
    const original = monaco.editor.createModel(before, language)
    const modified = monaco.editor.createModel(after, language)
    let isCompared = false
    editor.onDidUpdateDiff(() => {
      isCompared = true
    })
    editor.setModel({ original, modified })
    setName(editor.getOriginalEditor(), beforeLabel)
    setName(editor.getModifiedEditor(), afterLabel)
    const forget = (): void => {
      original.dispose()
      modified.dispose()
    }
    return () => {
      editor.dispose()
      // Monaco's worker throws into the page when the texts that it compares are gone before it answers.
      if (isCompared) forget()
      else setTimeout(forget, WORKER_MS)
    }
  }, [monaco, before, after, language, beforeLabel, afterLabel])
  useEffect(() => monaco.editor.setTheme(theme), [monaco, theme])
  return <div ref={place} className={styles['place']} />
}

/** Monaco takes the labels of a comparison when it opens, and loses them at its first layout. */
function setName(side: ReturnType<Monaco['editor']['create']>, ariaLabel: string): void {
  side.updateOptions({ ariaLabel })
  side.onDidChangeConfiguration(() => {
    if (side.getRawOptions().ariaLabel !== ariaLabel) side.updateOptions({ ariaLabel })
  })
}
