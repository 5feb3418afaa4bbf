import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import type { StoreDatabase } from './database.ts'

const stateSchema = z.enum(['active', 'superseded'])

export interface Deployment {
  readonly id: string
  /** Its name; of a sync, the sync's. */
  readonly job: string
  readonly digest: string
  /** The unpacked bundle: a workspace of its own. */
  readonly directory: string
  readonly keyId: string
  readonly state: z.infer<typeof stateSchema>
  readonly deployedAt: number
}

/** What a deployment is of; jobs and syncs may be called the same. */
export type DeploymentKind = 'job' | 'sync'

export interface DeploymentStore {
  /** Makes this the active version of its job; the one before stays for `rollback`. */
  activate(deployment: Omit<Deployment, 'state' | 'deployedAt'>): Deployment
  active(job: string): Deployment | undefined
  /** The active version of every job, by job name. */
  allActive(): Deployment[]
  get(id: string): Deployment | undefined
  /** Newest first. */
  list(job?: string): Deployment[]
  jobs(): string[]
  /** Activates the version before the active one; undefined when there is none. */
  rollback(job: string): Deployment | undefined
  /** Leaves no version active; they stay in the list. */
  withdraw(job: string): void
}

const rowSchema = z
  .object({
    id: z.string(),
    job: z.string(),
    digest: z.string(),
    directory: z.string(),
    key_id: z.string(),
    state: stateSchema,
    deployed_at: z.number(),
  })
  .transform(({ key_id, deployed_at, ...rest }): Deployment => ({ ...rest, keyId: key_id, deployedAt: deployed_at }))

/** Deployments of one kind. */
export function deploymentStore(database: StoreDatabase, clock: Clock, kind: DeploymentKind): DeploymentStore {
  const ofKind = `kind = '${kind}'`
  const supersede = database.prepare(`UPDATE deployments SET state = 'superseded' WHERE ${ofKind} AND job = ?`)
  const insert = database.prepare(
    `INSERT INTO deployments (id, job, digest, directory, key_id, state, deployed_at, kind)
     VALUES (@id, @job, @digest, @directory, @keyId, 'active', @now, '${kind}')`,
  )
  const setActive = database.prepare(`UPDATE deployments SET state = 'active' WHERE id = ?`)
  const byId = database.prepare('SELECT * FROM deployments WHERE id = ?')
  const activeRow = database.prepare(`SELECT * FROM deployments WHERE ${ofKind} AND job = ? AND state = 'active'`)
  const activeRows = database.prepare(`SELECT * FROM deployments WHERE ${ofKind} AND state = 'active' ORDER BY job`)
  const select = database.prepare(
    `SELECT * FROM deployments WHERE ${ofKind} AND (@job IS NULL OR job = @job) ORDER BY deployed_at DESC, id DESC`,
  )
  const before = database.prepare(
    `SELECT * FROM deployments WHERE ${ofKind} AND job = ? AND deployed_at < ? ORDER BY deployed_at DESC, id DESC LIMIT 1`,
  )
  const activate = database.transaction((deployment: Omit<Deployment, 'state' | 'deployedAt'>) => {
    supersede.run(deployment.job)
    insert.run({ ...deployment, now: clock.now() })
  })
  const rollback = database.transaction((job: string): Deployment | undefined => {
    const current = one(activeRow.get(job))
    const previous = current === undefined ? undefined : one(before.get(job, current.deployedAt))
    if (previous === undefined) return undefined
    supersede.run(job)
    setActive.run(previous.id)
    return { ...previous, state: 'active' }
  })
  return {
    activate: (deployment) => {
      activate.immediate(deployment)
      return rowSchema.parse(byId.get(deployment.id))
    },
    active: (job) => one(activeRow.get(job)),
    allActive: () => activeRows.all().map((row) => rowSchema.parse(row)),
    get: (id) => one(byId.get(id)),
    list: (job) => select.all({ job: job ?? null }).map((row) => rowSchema.parse(row)),
    jobs: () => [...new Set(select.all({ job: null }).map((row) => rowSchema.parse(row).job))].toSorted(),
    rollback: (job) => rollback.immediate(job),
    withdraw: (job) => void supersede.run(job),
  }
}

function one(row: unknown): Deployment | undefined {
  return row === undefined ? undefined : rowSchema.parse(row)
}
