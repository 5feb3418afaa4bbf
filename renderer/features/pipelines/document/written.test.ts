import { describe, expect, it } from 'vitest'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { isUnprinted, joined, type Written, withDrawn, withPrinted, withRead, withTyped, written } from './written.ts'

const doc = (nodes: Record<string, string>): PipelineFile => ({
  version: 1,
  nodes: Object.fromEntries(Object.entries(nodes).map(([name, type]) => [name, { type }])),
})
const base = doc({ a: 'source' })
const typed = doc({ a: 'source', t: 'filter' })
const drawn = doc({ a: 'source', d: 'limit' })

const agreed = written(base, 'old')
const unread = withTyped(agreed, 'new')
const STATES = {
  agreed,
  unread,
  broken: withRead(unread, 'new', undefined),
  behind: withDrawn(agreed, drawn),
  'unread and drawn': withDrawn(unread, drawn),
  'broken and drawn': withDrawn(withRead(unread, 'new', undefined), drawn),
} as const satisfies Record<string, Written>
type State = keyof typeof STATES

/** The name of a state, told by its facts alone. */
function nameOf(state: Written): State {
  if (state.reading === 'read') return isUnprinted(state) ? 'behind' : 'agreed'
  return state.document === state.agreed ? state.reading : `${state.reading} and drawn`
}

const EVENTS = {
  'more is typed': (state: Written) => withTyped(state, 'newer'),
  'the text is read': (state: Written) => withRead(state, state.text, typed),
  'the text is no pipeline': (state: Written) => withRead(state, state.text, undefined),
  'other text is read, late': (state: Written) => withRead(state, 'of before', typed),
  'something is drawn': (state: Written) => withDrawn(state, doc({ a: 'source', e: 'sort' })),
  'the drawing is printed': (state: Written) => withPrinted(state, state, 'printed'),
  'an older drawing is printed, late': (state: Written) => withPrinted(state, { ...state, document: base }, 'late'),
  'the drawing is printed over older text, late': (state: Written) =>
    withPrinted(state, { ...state, text: 'of before' }, 'late'),
} as const satisfies Record<string, (state: Written) => Written>

const SAME = 'same'
const TABLE: Record<keyof typeof EVENTS, Record<State, State | typeof SAME>> = {
  'more is typed': {
    agreed: 'unread',
    unread: 'unread',
    broken: 'unread',
    behind: 'unread and drawn',
    'unread and drawn': 'unread and drawn',
    'broken and drawn': 'unread and drawn',
  },
  'the text is read': {
    agreed: SAME,
    unread: 'agreed',
    broken: 'agreed',
    behind: SAME,
    'unread and drawn': 'behind',
    'broken and drawn': 'behind',
  },
  'the text is no pipeline': {
    agreed: SAME,
    unread: 'broken',
    broken: 'broken',
    behind: SAME,
    'unread and drawn': 'broken and drawn',
    'broken and drawn': 'broken and drawn',
  },
  'other text is read, late': {
    agreed: SAME,
    unread: SAME,
    broken: SAME,
    behind: SAME,
    'unread and drawn': SAME,
    'broken and drawn': SAME,
  },
  'something is drawn': {
    agreed: 'behind',
    unread: 'unread and drawn',
    broken: 'broken and drawn',
    behind: 'behind',
    'unread and drawn': 'unread and drawn',
    'broken and drawn': 'broken and drawn',
  },
  'the drawing is printed': {
    agreed: SAME,
    unread: SAME,
    broken: SAME,
    behind: 'agreed',
    'unread and drawn': SAME,
    'broken and drawn': SAME,
  },
  'an older drawing is printed, late': {
    agreed: SAME,
    unread: SAME,
    broken: SAME,
    behind: SAME,
    'unread and drawn': SAME,
    'broken and drawn': SAME,
  },
  'the drawing is printed over older text, late': {
    agreed: SAME,
    unread: SAME,
    broken: SAME,
    behind: SAME,
    'unread and drawn': SAME,
    'broken and drawn': SAME,
  },
}

describe.each(Object.keys(EVENTS) as (keyof typeof EVENTS)[])('%s', (event) => {
  it.each(Object.keys(STATES) as State[])('when %s', (name) => {
    const before: Written = STATES[name]
    const after = EVENTS[event](before)
    expect(after === before ? SAME : nameOf(after)).toBe(TABLE[event][name])
  })
})

it('names each state as the table does', () => {
  for (const [name, state] of Object.entries(STATES)) expect(nameOf(state)).toBe(name)
})

describe('what was typed and what was drawn meanwhile', () => {
  it('are both there when the text was read', () => {
    const both = withRead(STATES['unread and drawn'], 'new', typed)
    expect(Object.keys(both.document.nodes)).toEqual(['a', 't', 'd'])
    expect(both.agreed).toBe(typed)
  })

  it('keeps the text that is no pipeline and what is drawn beside it', () => {
    const { text, document } = STATES['broken and drawn']
    expect([text, document]).toEqual(['new', drawn])
  })

  it('keeps the document as it is for text that says the same', () => {
    expect(withRead(unread, 'new', doc({ a: 'source' })).document).toBe(base)
  })

  it.each([
    ['both changed: as typed', { a: 'source' }, { a: 'filter' }, { a: 'limit' }, { a: 'filter' }],
    ['removed in the text', { a: 'source', b: 'sort' }, { a: 'source' }, { a: 'map', b: 'sort' }, { a: 'map' }],
    ['removed in the drawing', { a: 'source', b: 'sort' }, { a: 'map', b: 'sort' }, { a: 'source' }, { a: 'map' }],
    ['removed in both', { a: 'source', b: 'sort' }, { a: 'source' }, { a: 'source' }, { a: 'source' }],
    ['a name that objects have', { a: 'x' }, { a: 'x', constructor: 'y' }, { a: 'z' }, { a: 'z', constructor: 'y' }],
  ])('%s', (_case, of, text, drawing, wanted) => {
    expect(joined(doc(of), doc(text), doc(drawing))).toEqual(doc(wanted))
  })

  it('joins what stands beside the nodes', () => {
    const parameters = { p: { type: 'DATE' } }
    const found = joined(base, { ...base, description: 'why' }, { ...base, parameters })
    expect(found).toEqual({ ...base, description: 'why', parameters })
  })
})
