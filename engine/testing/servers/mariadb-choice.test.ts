import { expect, it } from 'vitest'
import { chooseMariadb } from './mariadb-choice.ts'

const server = '/usr/sbin/mariadbd'

it.each([
  [
    { server, isRoot: false, hasAptGet: false, hasDocker: false },
    { kind: 'program', server },
  ],
  [
    { server, isRoot: true, hasAptGet: true, hasDocker: true },
    { kind: 'program', server },
  ],
  [{ isRoot: true, hasAptGet: true, hasDocker: true }, { kind: 'install' }],
  [{ isRoot: false, hasAptGet: true, hasDocker: true }, { kind: 'docker' }],
  [{ isRoot: true, hasAptGet: false, hasDocker: true }, { kind: 'docker' }],
  [
    { isRoot: false, hasAptGet: true, hasDocker: false },
    { kind: 'none', reason: expect.stringContaining('apt-get needs root') },
  ],
  [
    { isRoot: true, hasAptGet: false, hasDocker: false },
    { kind: 'none', reason: expect.stringMatching(/mariadbd.*no apt-get.*docker/) },
  ],
])('with %o it is %o', (surroundings, choice) => {
  expect(chooseMariadb(surroundings)).toEqual(choice)
})
