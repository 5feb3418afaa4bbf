import { describe, expect, it } from 'vitest'
import { externalAddress, isOwnPage } from './addresses.ts'

describe('addresses', () => {
  it.each([
    ['app://runnel/index.html', true],
    ['app://runnel/index.html?workspace=%2Fw', true],
    ['app://runnel.evil.example/index.html', false],
    ['app://evil@runnel/index.html', false],
    ['https://runnel/index.html', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('%j is a page of ours: %s', (address, expected) => {
    expect(isOwnPage(address)).toBe(expected)
  })

  it.each([
    ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
    ['HTTPS://EXAMPLE.org', 'https://example.org/'],
    ['http://example.org', undefined],
    ['https://bank.example@evil.example/', undefined],
    ['file:///etc/passwd', undefined],
    ['smb://host/share', undefined],
    ['ms-msdt:/id', undefined],
    ['javascript:alert(1)', undefined],
    [`https://example.org/${'a'.repeat(2_048)}`, undefined],
    ['not an address', undefined],
  ])('%j is opened outside as %j', (address, expected) => {
    expect(externalAddress(address)).toBe(expected)
  })
})
