import { z } from 'zod'

/** The longest piece of a file that one request carries: small enough for every proxy's patience, and for a cancel that is felt. */
export const UPLOAD_PIECE_BYTES = 4 * 1024 * 1024

/** Where a file is to be put. `name` may have folders before it, separated by `/`; they are made. */
export const uploadWishSchema = z.strictObject({
  directory: z.string().min(1).max(4_096),
  name: z.string().min(1).max(2_000),
  sizeBytes: z.int().min(0),
})
export type UploadWish = z.infer<typeof uploadWishSchema>

export const uploadBegunSchema = z.object({ id: z.string() })

/** The folder or file that was made: its name has a number where the wished one was taken. */
export const uploadPlaceSchema = z.object({ path: z.string() })

export const uploadFolderSchema = uploadWishSchema.pick({ directory: true, name: true })
