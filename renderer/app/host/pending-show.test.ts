import { beforeEach, describe, expect, it } from 'vitest'
import type { Opening } from '../../../preload/host-api.ts'
import type { StudioContext } from '../feature.ts'
import { keepPending, show, showPending } from './pending-show.ts'

let opened: unknown[]
const contextIn = (workspace: string | undefined): StudioContext => ({
  // Nothing is asked of it.
  engine: Object.create(null),
  workspace,
  openTab: (request) => void opened.push(request),
  showActivity: () => undefined,
})
beforeEach(() => {
  opened = []
  showPending(contextIn(undefined))
})

const ORDERS: Opening = { workspace: '/shop', show: { kind: 'pipeline', name: 'orders' } }
const TAB = { kind: 'pipeline', params: { pipeline: 'orders' } }

it.each<[Opening['show'], unknown[]]>([
  [{ kind: 'pipeline', name: 'orders' }, [TAB]],
  [{ kind: 'job', name: 'nightly' }, [{ kind: 'job', params: { name: 'nightly' } }]],
  [{ kind: 'connection', name: 'erp' }, [{ kind: 'connection', params: { name: 'erp' } }]],
  [undefined, []],
])('%j opens its tab', (asked, tabs) => {
  show(asked === undefined ? { workspace: '/shop' } : { workspace: '/shop', show: asked }, contextIn('/shop'))
  expect(opened).toEqual(tabs)
})

describe('what waits for a workspace', () => {
  it('is shown once it is open, and once only', () => {
    keepPending(ORDERS)
    showPending(contextIn('/shop'))
    showPending(contextIn('/shop'))
    expect(opened).toEqual([TAB])
  })

  it('is forgotten when another one was opened first', () => {
    keepPending(ORDERS)
    showPending(contextIn('/other'))
    showPending(contextIn('/shop'))
    expect(opened).toEqual([])
  })
})
