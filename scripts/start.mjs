// Plain JavaScript: what is loaded from here on is kept compiled, and without that the types in it are taken out at every start.
import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('./start.ts')
