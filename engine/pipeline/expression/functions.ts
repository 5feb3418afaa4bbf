import { foldName } from '../names.ts'
import type { Token } from './tokenise.ts'

/**
 * Functions that reach beyond the rows they are given: files, network, environment, catalogue, settings, keys, other SQL.
 * The DuckDB that runs pipelines is locked as well; this refuses them with the node's name and before any run.
 */
const OUTSIDE_PATTERN =
  /^(read_|scan_|parquet_|sniff_|duckdb_|pragma_|sqlite_|postgres_|mysql_|iceberg_|delta_|st_read|http_|disable_|enable_|verify_|json_serialize_|json_deserialize_|json_execute_|to_parquet|runnel_)|_scan(_dumb)?$|secret|getenv/
const OUTSIDE = new Set(
  `add_parquet_key all_profiling_output check_peg_parser checkpoint collations copy_database current_query
  current_setting currval database_list database_size extension_versions force_checkpoint functions getvariable glob
  import_database metadata_info nextval platform query query_table repeat_row setseed show show_databases show_tables
  show_tables_expanded sleep_ms sql_auto_complete stats storage_info summary table_info test_all_types
  test_vector_types truncate_duckdb_logs user_agent version write_log`.split(/\s+/),
)

/** Functions that give another value at each call. */
const VOLATILE = new Set('random uuid gen_random_uuid uuidv4 uuidv7'.split(' '))

/** Every token that is called like a function, however it is quoted or qualified. */
function calledFunctions(tokens: readonly Token[]): Token[] {
  return tokens.filter((token, i) => (token.kind === 'word' || token.kind === 'quoted') && tokens[i + 1]?.text === '(')
}

/** Whether an expression may call a function of this name. */
export function isAllowedFunction(name: string): boolean {
  return !OUTSIDE.has(foldName(name)) && !OUTSIDE_PATTERN.test(foldName(name))
}

/** The first call that reaches outside, wherever it stands. */
export function outsideCall(tokens: readonly Token[]): Token | undefined {
  return calledFunctions(tokens).find(({ value }) => !isAllowedFunction(value))
}

export function volatileCall(tokens: readonly Token[]): Token | undefined {
  return calledFunctions(tokens).find(({ value }) => VOLATILE.has(foldName(value)))
}
