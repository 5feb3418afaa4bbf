/** A column's name as DuckDB reads it; in quotes unless it is plain lower-case ASCII that could not be anything else. */
export function nameInSql(name: string): string {
  return /^[a-z_][a-z0-9_]*_[a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}
