import { expect, it } from 'vitest'
import { placesToOpen } from './opened-places.ts'

it.each([
  ['nothing', [], []],
  ['one file', ['/w/a/x.csv'], ['/w/a/x.csv']],
  ['a folder of CSVs', ['/w/a/1.csv', '/w/a/2.csv'], ['/w/a/*.csv']],
  ['packed ones apart', ['/w/a/1.csv.gz', '/w/a/2.csv.gz', '/w/a/3.csv'], ['/w/a/*.csv.gz', '/w/a/3.csv']],
  ['two folders', ['/w/a/1.csv', '/w/a/b/1.csv', '/w/a/b/2.csv'], ['/w/a/1.csv', '/w/a/b/*.csv']],
])('%s', (_case, paths, places) => {
  expect(placesToOpen(paths)).toEqual(places)
})
