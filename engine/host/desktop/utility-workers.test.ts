import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it } from 'vitest'
import type { EnginePort } from './parent-port.ts'
import type { FromEngine } from './protocol.ts'
import { type UtilityWorkers, utilityWorkers } from './utility-workers.ts'

/** A port whose far end is the test. */
class Port extends EventEmitter implements EnginePort {
  readonly sent: unknown[] = []
  isStarted = false
  isClosed = false
  postMessage(message: unknown): void {
    this.sent.push(message)
  }
  start(): void {
    this.isStarted = true
  }
  close(): void {
    this.isClosed = true
  }
  say(data: unknown): void {
    this.emit('message', { data })
  }
}

const DONE = { kind: 'done', counts: { read: '1', generated: '0', written: '1', rejected: '0', filtered: '0' } }
let asked: FromEngine[]
let heard: unknown[]
let workers: UtilityWorkers
let port: Port
const listeners = {
  onMessage: (message: unknown) => void heard.push(message),
  onEnd: (how: string, lastWords: string) => void heard.push({ how, lastWords }),
}

beforeEach(() => {
  asked = []
  heard = []
  port = new Port()
  workers = utilityWorkers((message) => asked.push(message))
})

describe('a worker that main starts', () => {
  it('is asked for by its number and its environment, each with another number', () => {
    workers.open({ TZ: 'UTC', NONE: undefined }, listeners)
    workers.open({}, listeners)
    expect(asked).toEqual([
      { kind: 'worker-open', worker: 1, variables: { TZ: 'UTC' } },
      { kind: 'worker-open', worker: 2, variables: {} },
    ])
  })

  it('gets what was sent before its port came, in order', () => {
    const worker = workers.open({}, listeners)
    worker.send({ kind: 'key', key: 'first' })
    worker.send({ kind: 'cancel' })
    workers.heard({ kind: 'worker-opened', worker: 1 }, [port])
    worker.send({ kind: 'heard' })
    expect(port.isStarted).toBe(true)
    expect(port.sent).toEqual([{ kind: 'key', key: 'first' }, { kind: 'cancel' }, { kind: 'heard' }])
  })

  it('is heard until its end, and not after it', () => {
    workers.open({}, listeners)
    workers.heard({ kind: 'worker-opened', worker: 1 }, [port])
    port.say(DONE)
    workers.heard({ kind: 'worker-ended', worker: 1, how: 'exit 9', lastWords: 'out of memory' }, [])
    port.say(DONE)
    workers.heard({ kind: 'worker-ended', worker: 1, how: 'exit 9', lastWords: '' }, [])
    expect(heard).toEqual([DONE, { how: 'exit 9', lastWords: 'out of memory' }])
    expect(port.isClosed).toBe(true)
  })

  it('ends though its port never came', () => {
    workers.open({}, listeners)
    workers.heard({ kind: 'worker-ended', worker: 1, how: 'exit 1', lastWords: '' }, [])
    workers.heard({ kind: 'worker-opened', worker: 1 }, [port])
    expect(heard).toEqual([{ how: 'exit 1', lastWords: '' }])
    expect(port.isClosed).toBe(true)
  })

  it('is ended by main, once it is there to be ended', () => {
    const worker = workers.open({}, listeners)
    worker.kill()
    workers.heard({ kind: 'worker-ended', worker: 1, how: 'exit 9', lastWords: '' }, [])
    worker.kill()
    expect(asked.slice(1)).toEqual([{ kind: 'worker-kill', worker: 1 }])
  })
})
