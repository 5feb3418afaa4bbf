import { FONT_PX, MONOSPACE } from '../theme/tokens.ts'

const COMMON = {
  automaticLayout: true,
  fontFamily: MONOSPACE,
  fontSize: FONT_PX,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  // Suggestions may reach out of a small editor.
  fixedOverflowWidgets: true,
  stickyScroll: { enabled: false },
  renderLineHighlightOnlyWhenFocus: true,
  wordBasedSuggestions: 'off',
  'semanticHighlighting.enabled': false,
  links: false,
  bracketPairColorization: { enabled: false },
  // Shows characters that look like others, and those that turn the direction of a text.
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
  tabSize: 2,
} as const

export const TEXT_OPTIONS = {
  ...COMMON,
  // The bar at the bottom must not cover the last line.
  padding: { top: 6, bottom: 18 },
  folding: true,
  overviewRulerBorder: false,
  lineNumbersMinChars: 3,
} as const

/** One line like an input: Tab leaves it, nothing but the text is drawn. */
export const LINE_OPTIONS = {
  ...COMMON,
  lineNumbers: 'off',
  glyphMargin: false,
  folding: false,
  lineDecorationsWidth: 4,
  lineNumbersMinChars: 0,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  renderLineHighlight: 'none',
  scrollbar: { horizontal: 'hidden', vertical: 'hidden', alwaysConsumeMouseWheel: false },
  tabFocusMode: true,
  find: { addExtraSpaceOnTop: false, autoFindInSelection: 'never' },
  padding: { top: 4, bottom: 4 },
} as const
