import { z } from 'zod'

export const serverAddressSchema = z.object({ host: z.string(), port: z.int(), user: z.string(), password: z.string() })

/** Where a test server listens, on loopback and without TLS, and an account that may do everything. */
export type ServerAddress = z.infer<typeof serverAddressSchema>

/** Only the address of something that has more. */
export function addressOf({ host, port, user, password }: ServerAddress): ServerAddress {
  return { host, port, user, password }
}
