import type { SemanticType } from '../semantic-type.ts'

/** Addresses as people have them: a dot-atom (RFC 5322 3.2.3, RFC 6531 letters) at a host with a dot; no quoted local part. */
export const email: SemanticType = {
  id: 'email',
  title: { en: 'E-mail address', zh: '电子邮箱' },
  personal: 'personal',
  evidence: 'proof',
  names: /e_?mail|mailbox|邮箱|邮件|youxiang/,
  prefilter: '[^\\s@]{1,64}@[^\\s@]+\\.[^\\s@]{2,}',
  matches: (value) => {
    const [local = '', host = '', ...more] = value.split('@')
    return more.length === 0 && local.length <= 64 && host.length <= 253 && LOCAL.test(local) && HOST.test(host)
  },
}

const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const HOST = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(?:\p{L}{2,63}|xn--[a-z\d-]{2,59})$/iu
