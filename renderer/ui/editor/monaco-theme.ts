import { editor } from 'monaco-editor/editor'
import { COLOURS } from '../theme/tokens.ts'
import { MONACO_THEME_NAMES } from './monaco-theme-names.ts'

function rule(token: string, colour: string) {
  return { token, foreground: colour.slice(1) }
}

function outlined(what: string, colour: string): Record<string, string> {
  return { [`${what}Background`]: '#00000000', [`${what}Border`]: colour }
}

/** Monaco's colours from our own table. */
export function defineThemes(): void {
  for (const mode of ['light', 'dark'] as const) {
    const colours = COLOURS[mode]
    editor.defineTheme(MONACO_THEME_NAMES[mode], {
      base: mode === 'dark' ? 'vs-dark' : 'vs',
      inherit: true,
      rules: [
        rule('', colours.text),
        rule('keyword', colours.info),
        rule('operator', colours.text),
        rule('string', colours.ok),
        rule('number', colours.warning),
        rule('predefined', colours.accent),
        // The inherited themes name these for SQL alone, which counts for more.
        rule('predefined.sql', colours.accent),
        rule('string.sql', colours.ok),
        rule('operator.sql', colours.text),
        rule('type', colours.accent),
        rule('comment', colours['text-muted']),
      ],
      colors: {
        'editor.background': colours.bg,
        'editor.foreground': colours.text,
        'editorLineNumber.foreground': colours['text-muted'],
        'editorLineNumber.activeForeground': colours.text,
        'editorLineNumber.dimmedForeground': colours['text-muted'],
        'editorWidget.background': colours['bg-raised'],
        'editorWidget.border': colours.border,
        'editorSuggestWidget.selectedBackground': colours['bg-selected'],
        'editorSuggestWidget.selectedForeground': colours.text,
        'editorSuggestWidget.highlightForeground': colours.accent,
        'editorSuggestWidget.focusHighlightForeground': colours.accent,
        'editor.lineHighlightBackground': colours['bg-sunken'],
        // A line around them: a ground of their own would be too near to the colours of numbers and texts.
        ...outlined('editor.wordHighlight', colours['border-strong']),
        ...outlined('editor.wordHighlightStrong', colours['border-strong']),
        ...outlined('editor.wordHighlightText', colours['border-strong']),
        ...outlined('editor.selectionHighlight', colours['border-strong']),
        // Faint, for the text on them: a changed line has both, one above the other.
        'diffEditor.insertedLineBackground': `${colours.ok}0d`,
        'diffEditor.removedLineBackground': `${colours.error}0d`,
        'diffEditor.insertedTextBackground': `${colours.ok}14`,
        'diffEditor.removedTextBackground': `${colours.error}14`,
        focusBorder: colours.accent,
      },
    })
  }
}
