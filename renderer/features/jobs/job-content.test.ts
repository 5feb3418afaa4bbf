import { expect, it } from 'vitest'
import { jobFileSchema } from '../../../engine/contract/job-file.ts'
import { contentOf, draftTextOf, type JobContent } from './job-content.ts'

it.each<[string, JobContent]>([
  ['a form', { document: jobFileSchema.parse({ version: 1, steps: [{ pipeline: 'orders' }] }) }],
  ['text', { text: '# nightly\nversion: 1\nsteps: [{ pipeline: orders }]\n' }],
  ['text that is no job', { text: 'version: [' }],
  ['no text at all', { text: '' }],
  ['JSON that is no job', { text: '{"version":1}' }],
])('is the same after it was kept as a draft: %s', (_case, content) => {
  expect(contentOf(draftTextOf(content))).toEqual(content)
})
