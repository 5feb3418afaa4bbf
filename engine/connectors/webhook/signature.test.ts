import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../base/secret.ts'
import { configSchema } from './config.ts'
import { deliveryId, isSigned } from './signature.ts'

const configOf = (more: object) => configSchema.parse({ file: 'x', ...more })
const body = (text: string): Buffer => Buffer.from(text)

describe('a signature', () => {
  it('is that of the example in "Validating webhook deliveries" of GitHub', () => {
    const request = {
      headers: { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
      body: body('Hello, World!'),
    }
    const config = configOf({})
    expect(isSigned(request, config, { secret: new Secret("It's a Secret to Everybody"), nowMs: 0 })).toBe(true)
    expect(isSigned(request, config, { secret: new Secret('another'), nowMs: 0 })).toBe(false)
    const changed = { ...request, body: body('Hello, World?') }
    expect(isSigned(changed, config, { secret: new Secret("It's a Secret to Everybody"), nowMs: 0 })).toBe(false)
  })

  it.each([
    ['', 'no signature'],
    ['sha256=', 'an empty one'],
    ['757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17', 'one without its prefix'],
    ['sha256=zz', 'one that is no hexadecimal'],
  ])('%j (%s) is refused', (header) => {
    const request = { headers: { 'x-hub-signature-256': header }, body: body('Hello, World!') }
    expect(isSigned(request, configOf({}), { secret: new Secret("It's a Secret to Everybody"), nowMs: 0 })).toBe(false)
  })

  const standard = {
    headers: {
      'webhook-id': 'msg_loFOjxBNrRLzqYUf',
      'webhook-timestamp': '1731705121',
      'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    },
    body: body('{"event_type":"ping","data":{"success":true}}'),
  }
  const secret = new Secret('whsec_plJ3nmyCDGBKInavdOK15jsl')
  it.each([
    ['is that of the example of the Standard Webhooks specification', standard.headers, 1_731_705_121, true],
    [
      'may stand beside one of another secret',
      { ...standard.headers, 'webhook-signature': `v1,AAAA ${standard.headers['webhook-signature']}` },
      1_731_705_121,
      true,
    ],
    ['is refused when it is too old', standard.headers, 1_731_705_121 + 301, false],
    ['is refused when it comes from the future', standard.headers, 1_731_705_121 - 301, false],
    ['is refused for another time', { ...standard.headers, 'webhook-timestamp': '1731705122' }, 1_731_705_121, false],
    ['is refused for another id', { ...standard.headers, 'webhook-id': 'msg_other' }, 1_731_705_121, false],
    [
      'of another version does not count',
      { ...standard.headers, 'webhook-signature': standard.headers['webhook-signature'].replace('v1', 'v2') },
      1_731_705_121,
      false,
    ],
  ])('%s', (_case, headers, nowSeconds, isGood) => {
    const config = configOf({ scheme: 'standard-webhooks' })
    expect(isSigned({ ...standard, headers }, config, { secret, nowMs: nowSeconds * 1_000 })).toBe(isGood)
  })

  it('is made of the time and the body as "Verify manually" of Stripe describes', () => {
    const v1 = createHmac('sha256', 'whsec_test').update('1700000000.{"id":"evt_1"}').digest('hex')
    const request = { headers: { 'stripe-signature': `t=1700000000,v1=${v1},v0=00` }, body: body('{"id":"evt_1"}') }
    const config = configOf({ scheme: 'stripe' })
    const at = (nowMs: number): boolean => isSigned(request, config, { secret: new Secret('whsec_test'), nowMs })
    expect([at(1_700_000_000_000), at(1_700_000_301_000)]).toEqual([true, false])
  })

  it.each([
    [{ idHeader: 'X-GitHub-Delivery' }, { 'x-github-delivery': 'd-1' }, 'd-1'],
    [{ scheme: 'standard-webhooks' }, { 'webhook-id': 'msg_1' }, 'msg_1'],
    [{}, {}, 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
    [{ idHeader: 'x-id' }, { 'x-id': '' }, 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
  ])('%j names a delivery by %j', (config, headers: Record<string, string>, id) => {
    expect(deliveryId({ headers, body: body('hello') }, configOf(config))).toBe(id)
  })
})
