/** Schema changes in order; the number of those applied is SQLite's `user_version`. Never edit one that was released: add. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    pipeline TEXT NOT NULL,
    job TEXT,
    job_run_id TEXT,
    workspace TEXT NOT NULL,
    request TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    counts TEXT,
    failure TEXT
  ) STRICT;
  CREATE INDEX runs_by_queued ON runs (queued_at DESC);
  CREATE INDEX runs_by_state ON runs (state);
  CREATE TABLE run_events (
    run_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (run_id, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE leases (
    subject TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    fence INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE job_runs (
    id TEXT PRIMARY KEY,
    job TEXT NOT NULL,
    deployment_id TEXT NOT NULL,
    cause TEXT NOT NULL,
    due_at INTEGER,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    failure TEXT,
    UNIQUE (job, due_at)
  ) STRICT;
  CREATE INDEX job_runs_by_state ON job_runs (state, priority DESC, queued_at);
  CREATE TABLE deployments (
    id TEXT PRIMARY KEY,
    job TEXT NOT NULL,
    digest TEXT NOT NULL,
    directory TEXT NOT NULL,
    key_id TEXT NOT NULL,
    state TEXT NOT NULL,
    deployed_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE schedules (job TEXT PRIMARY KEY, checked_until INTEGER NOT NULL) STRICT;
  CREATE TABLE nonces (nonce TEXT PRIMARY KEY, used_at INTEGER NOT NULL) STRICT;
  CREATE TABLE trusted_keys (key_id TEXT PRIMARY KEY, public_key TEXT NOT NULL, name TEXT NOT NULL, added_at INTEGER NOT NULL) STRICT;
  CREATE TABLE tokens (hash TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
  CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE job_runs ADD COLUMN request TEXT;
  CREATE INDEX runs_by_job_run ON runs (job_run_id) WHERE job_run_id IS NOT NULL;
  `,
  `
  CREATE TABLE sync_tables (
    sync TEXT NOT NULL,
    dataset TEXT NOT NULL,
    target TEXT NOT NULL,
    state TEXT NOT NULL,
    bound TEXT,
    copied_rows TEXT NOT NULL,
    copied_at TEXT,
    columns TEXT,
    is_loose INTEGER NOT NULL,
    failure TEXT,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (sync, dataset)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE run_events ADD COLUMN level INTEGER;
  UPDATE run_events SET level = CASE
      WHEN event ->> 'failure' IS NOT NULL THEN 2 WHEN event ->> 'kind' IN ('warning', 'reject') THEN 1 ELSE 0 END
    WHERE event ->> 'kind' <> 'progress'
      AND coalesce(event ->> 'message', event ->> '$.failure.code', event ->> 'state') IS NOT NULL;
  CREATE INDEX run_log ON run_events (run_id, sequence, level) WHERE level IS NOT NULL;
  `,
  `
  CREATE TABLE check_results (
    id INTEGER PRIMARY KEY,
    rules TEXT NOT NULL,
    at INTEGER NOT NULL,
    mark TEXT NOT NULL
  ) STRICT;
  CREATE INDEX check_results_by_rules ON check_results (rules, id DESC);
  `,
  `
  CREATE TABLE syncs (
    sync TEXT PRIMARY KEY,
    wanted TEXT NOT NULL,
    work TEXT NOT NULL,
    resync TEXT,
    status TEXT,
    changed_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE sync_log (
    sequence INTEGER PRIMARY KEY,
    sync TEXT NOT NULL,
    at INTEGER NOT NULL,
    entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX sync_log_by_sync ON sync_log (sync, sequence);
  ALTER TABLE deployments ADD COLUMN kind TEXT NOT NULL DEFAULT 'job';
  `,
  `
  CREATE TABLE sync_loads (
    sync TEXT NOT NULL,
    dataset TEXT NOT NULL,
    load TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (sync, dataset)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE taken_files (
    job TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    version TEXT NOT NULL,
    state TEXT NOT NULL,
    job_run_id TEXT,
    moved_to TEXT,
    taken_at INTEGER NOT NULL,
    PRIMARY KEY (job, name, digest, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX open_taken_files ON taken_files (job, state);
  `,
  `
  CREATE TABLE sync_refused (
    sequence INTEGER PRIMARY KEY,
    sync TEXT NOT NULL,
    dataset TEXT NOT NULL,
    locator TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (sync, locator)
  ) STRICT;
  `,
]
