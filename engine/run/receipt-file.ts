import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { type Receipt, receiptSchema } from '../contract/run.ts'
import { writeFileDurably } from '../os/durable-file.ts'
import { diskFailure } from './disk-failure.ts'

const RECEIPT = 'receipt.json'
/** The receipt as it stands before the first commit: what is counted and verified, without outcomes. */
const PREPARED = 'prepared.json'

export type ReceiptStage = 'prepared' | 'final'

/** @throws Failure `run.disk_failed`, `run.disk_full` when the disk does not take it. */
export async function writeReceipt(runDirectory: string, stage: ReceiptStage, receipt: Receipt): Promise<void> {
  const path = join(runDirectory, stage === 'final' ? RECEIPT : PREPARED)
  try {
    await writeFileDurably(path, `${JSON.stringify(receipt, null, 2)}\n`)
  } catch (error) {
    throw diskFailure(path, error)
  }
}

/** The receipt of a run that was written whole, or undefined when there is none. */
export async function readReceipt(runDirectory: string, stage: ReceiptStage = 'final'): Promise<Receipt | undefined> {
  const path = join(runDirectory, stage === 'final' ? RECEIPT : PREPARED)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  return text === undefined ? undefined : parsed(receiptSchema, text)
}

function parsed<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  return schema.parse(JSON.parse(text))
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
