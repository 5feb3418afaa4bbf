import 'monaco-editor/features/register.all'
import 'monaco-editor/languages/definitions/sql/register'
import 'monaco-editor/languages/definitions/yaml/register'
// oxlint-disable-next-line import/default -- the bundler makes the module that exports it
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import { defineThemes } from './monaco-theme.ts'

export * as monaco from 'monaco-editor/editor'

// Monaco takes its workers from a global of this name.
Object.assign(globalThis, { MonacoEnvironment: { getWorker: () => new EditorWorker() } })
defineThemes()
