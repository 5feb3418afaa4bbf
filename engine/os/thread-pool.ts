/**
 * Import this before anything else in the entry of a process: the pool is made at its first use and keeps its size.
 *
 * Every statement of DuckDB holds one of libuv's threads until it ends, and every file is read by one: of the usual four, four slow
 * statements leave none, and no call is answered, however small. DuckDB's work itself is done by threads of its own.
 */
process.env['UV_THREADPOOL_SIZE'] ??= '32'
