import { isOwnPage } from './addresses.ts'

/** What of Electron's event tells who sent a message. */
interface Sent {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** Whether a message comes from the top frame of a page of ours: a frame inside of it, or a page from elsewhere, is not listened to. */
export function isOwnSender({ senderFrame }: Sent): boolean {
  // A frame that is gone before its message is looked at is null.
  return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url)
}
