import type { NodeCase } from './node-case.ts'

/** The SQL of nodes that shape, check and summarise rows. */
export const GOLDEN_SHAPING: readonly NodeCase<string>[] = [
  [
    'aggregate',
    {
      type: 'aggregate',
      input: 't1',
      by: ['text1', { to: 'year', expr: 'year(date1)' }],
      values: [
        { to: 'n', fn: 'count' },
        { to: 'd', fn: 'count_distinct', of: 'int2' },
        { to: 's', fn: 'sum', of: 'dec1', where: 'bool1' },
        { to: 'l', fn: 'string_agg', of: 'text2', order: [{ column: 'int1', direction: 'desc' }], separator: '|' },
      ],
      having: 'n > 1',
    },
    'n',
    'SELECT * FROM (SELECT "text1" AS "text1", (year(date1)) AS "year", count(*) AS "n", count(DISTINCT "int2") AS "d", sum("dec1") FILTER (WHERE (bool1)) AS "s", string_agg(CAST("text2" AS VARCHAR), \'|\' ORDER BY "int1" DESC NULLS LAST) AS "l" FROM "t1" GROUP BY "text1", (year(date1))) AS grouped WHERE (n > 1)',
  ],
  [
    'aggregate of everything',
    {
      type: 'aggregate',
      input: 't1',
      values: [
        { to: 'a', fn: 'avg', expr: 'dbl1 / 2' },
        { to: 'f', fn: 'first', of: 'text1', order: ['ts1'] },
        { to: 'm', fn: 'median', of: 'int1' },
      ],
    },
    'n',
    'SELECT avg((dbl1 / 2)) AS "a", first("text1" ORDER BY "ts1" ASC NULLS LAST) AS "f", median("int1") AS "m" FROM "t1"',
  ],
  [
    'convert_code',
    { type: 'convert_code', input: 'small1', column: 'TEXT1', codes: { M: '1', "o'f": '2' }, list: 'sex' },
    'n',
    `SELECT "int1", CASE CAST("text1" AS VARCHAR) WHEN 'M' THEN '1' WHEN 'o''f' THEN '2' END AS "text1", "_runnel_locator" FROM "small1" WHERE NOT COALESCE(CAST("text1" AS VARCHAR) NOT IN ('M', 'o''f'), false)`,
  ],
  [
    'convert_code rejects',
    { type: 'convert_code', input: 'small1', column: 'text1', codes: { M: '1' }, list: 'sex' },
    'n.rejects',
    `SELECT 'code.sex' AS "rule", 'text1' AS "column", CAST("text1" AS VARCHAR) AS "value", 'text1 has no code for this value' AS "reason", "_runnel_locator" AS "locator", CAST(to_json({'int1': "int1", 'text1': "text1"}) AS VARCHAR) AS "raw" FROM "small1" WHERE COALESCE(CAST("text1" AS VARCHAR) NOT IN ('M'), false)`,
  ],
  [
    'convert_code with a default, beside the old codes',
    {
      type: 'convert_code',
      input: 'small1',
      column: 'text1',
      to: 'sex',
      codes: { M: '1' },
      unmatched: 'default',
      default: '9',
    },
    'n',
    `SELECT "int1", "text1", CASE CAST("text1" AS VARCHAR) WHEN 'M' THEN '1' ELSE CASE WHEN CAST("text1" AS VARCHAR) IS NOT NULL THEN '9' END END AS "sex" FROM "small1"`,
  ],
  [
    'mask',
    {
      type: 'mask',
      input: 'small1',
      columns: [
        { column: 'TEXT1', mask: { method: 'partial', first: 1, last: 2 } },
        { column: 'int1', mask: { method: 'bands', bounds: [10, 0] } },
      ],
    },
    'n',
    `SELECT CASE WHEN "int1" IS NULL THEN NULL WHEN "int1" < 0 THEN '< 0' WHEN "int1" < 10 THEN '0 – < 10' ELSE '≥ 10' END AS "int1", CASE WHEN length(CAST("text1" AS VARCHAR)) <= 3 THEN repeat('*', length(CAST("text1" AS VARCHAR))) ELSE left(CAST("text1" AS VARCHAR), 1) || repeat('*', length(CAST("text1" AS VARCHAR)) - 3) || right(CAST("text1" AS VARCHAR), 2) END AS "text1" FROM "small1"`,
  ],
  [
    'mask by keys, which are no part of the text',
    {
      type: 'mask',
      input: 'small1',
      columns: [
        { column: 'text1', mask: { method: 'encrypt' } },
        { column: 'int1', mask: { method: 'format', form: 'phone', key: 'hr' } },
      ],
    },
    'n',
    `SELECT TRY_CAST(runnel_mask('{"method":"format","form":"phone","key":"hr"}', CAST("int1" AS VARCHAR)) AS INTEGER) AS "int1", runnel_seal('{"method":"encrypt","algorithm":"aes-256-gcm","deterministic":false,"key":"workspace"}', CAST("text1" AS VARCHAR)) AS "text1" FROM "small1"`,
  ],
  [
    'mask by shuffling',
    { type: 'mask', input: 'small1', columns: [{ column: 'text1', mask: { method: 'shuffle', seed: 3 } }] },
    'n',
    'SELECT "int1", "text1" FROM (SELECT shuffled_rows."int1", "shuffled_0"."value" AS "text1" FROM (SELECT *, row_number() OVER (ORDER BY hash("int1", "text1")) AS "_runnel_place" FROM "small1") AS shuffled_rows JOIN (SELECT "text1" AS "value", row_number() OVER (ORDER BY hash(hash("int1", "text1"), 3), hash("int1", "text1")) AS "_runnel_place" FROM "small1") AS "shuffled_0" USING ("_runnel_place"))',
  ],
  [
    'dedupe by key',
    {
      type: 'dedupe',
      input: 'small1',
      keys: ['int1'],
      order: [{ column: 'text1', direction: 'desc', nulls: 'first' }],
    },
    'n',
    'SELECT * FROM "small1" QUALIFY row_number() OVER (PARTITION BY "int1" ORDER BY "text1" DESC NULLS FIRST, hash("int1", "text1")) = 1',
  ],
  [
    'dedupe of whole rows',
    { type: 'dedupe', input: 'small1' },
    'n',
    'SELECT * FROM "small1" QUALIFY row_number() OVER (PARTITION BY "int1", "text1") = 1',
  ],
  [
    'sort',
    { type: 'sort', input: 't1', by: ['int1', { expr: 'length(text1)', direction: 'desc' }] },
    'n',
    'SELECT * FROM "t1" ORDER BY "int1" ASC NULLS LAST, (length(text1)) DESC NULLS LAST',
  ],
  ['limit', { type: 'limit', input: 't1', rows: 10, offset: 5 }, 'n', 'SELECT * FROM "t1" LIMIT 10 OFFSET 5'],
  [
    'limit in order',
    { type: 'limit', input: 't1', rows: 10, order: ['int1'] },
    'n',
    'SELECT * FROM "t1" ORDER BY "int1" ASC NULLS LAST LIMIT 10',
  ],
  [
    'sample of rows',
    { type: 'sample', input: 't1', rows: 10, seed: 7, by: ['int1'] },
    'n',
    'SELECT * FROM "t1" ORDER BY hash("int1", 7) LIMIT 10',
  ],
  [
    'sample by share',
    { type: 'sample', input: 't1', fraction: 0.25, seed: 7, by: ['int1', 'a"b'] },
    'n',
    'SELECT * FROM "t1" WHERE hash("int1", "a""b", 7) % 1000000 < 250000',
  ],
  [
    'window',
    {
      type: 'window',
      input: 'small1',
      columns: [
        { to: 'rank', fn: 'dense_rank', partition: ['text1'], order: [{ column: 'int1', direction: 'desc' }] },
        { to: 'before', fn: 'lag', of: 'int1', n: 2, default: 0, order: ['int1'] },
        { to: 'moving', fn: 'avg', of: 'int1', order: ['int1'], frame: { start: -2, end: 2 } },
      ],
    },
    'n',
    'SELECT "int1", "text1", dense_rank() OVER (PARTITION BY "text1" ORDER BY "int1" DESC NULLS LAST) AS "rank", lag("int1", 2, 0) OVER ( ORDER BY "int1" ASC NULLS LAST) AS "before", avg("int1") OVER ( ORDER BY "int1" ASC NULLS LAST ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) AS "moving" FROM "small1"',
  ],
  [
    'pivot',
    {
      type: 'pivot',
      input: 't1',
      rows: ['text1'],
      column: 'text2',
      values: ['a', { value: null, to: 'none' }],
      of: 'dec1',
    },
    'n',
    'SELECT "text1", sum("dec1") FILTER (WHERE "text2" IS NOT DISTINCT FROM \'a\') AS "a", sum("dec1") FILTER (WHERE "text2" IS NOT DISTINCT FROM NULL) AS "none" FROM "t1" GROUP BY "text1"',
  ],
  [
    'unpivot',
    { type: 'unpivot', input: 'small1', columns: ['int1', 'text1'], name: 'what' },
    'n',
    'SELECT * FROM (SELECT unnest([\'int1\', \'text1\']) AS "what", unnest([CAST("int1" AS VARCHAR), CAST("text1" AS VARCHAR)]) AS "value" FROM "small1") AS cells WHERE "cells"."value" IS NOT NULL',
  ],
  [
    'unpivot keeping NULL',
    { type: 'unpivot', input: 'small1', columns: ['int1'], keepNulls: true },
    'n',
    'SELECT "text1", unnest([\'int1\']) AS "name", unnest(["int1"]) AS "value" FROM "small1"',
  ],
  [
    'split, first',
    {
      type: 'split',
      input: 't1',
      cases: [
        { to: 'big', where: 'int1 > 10' },
        { to: 'small', where: 'int1 > 0' },
      ],
    },
    'n.small',
    'SELECT * FROM "t1" WHERE NOT COALESCE((int1 > 10), false) AND COALESCE((int1 > 0), false)',
  ],
  [
    'split, else',
    {
      type: 'split',
      input: 't1',
      cases: [
        { to: 'big', where: 'int1 > 10' },
        { to: 'small', where: 'int1 > 0' },
      ],
    },
    'n.else',
    'SELECT * FROM "t1" WHERE NOT COALESCE((int1 > 10), false) AND NOT COALESCE((int1 > 0), false)',
  ],
  [
    'split, all',
    {
      type: 'split',
      input: 't1',
      mode: 'all',
      cases: [
        { to: 'big', where: 'int1 > 10' },
        { to: 'small', where: 'int1 > 0' },
      ],
    },
    'n.small',
    'SELECT * FROM "t1" WHERE COALESCE((int1 > 0), false)',
  ],
  [
    'explode a list',
    { type: 'explode', input: 'nested', column: 'list1', to: 'item', ordinality: 'at' },
    'n',
    'SELECT "int1", unnest("list1") AS "item", unnest(range(1, len("list1") + 1)) AS "at", "struct1" FROM "nested"',
  ],
  [
    'explode keeping empty',
    { type: 'explode', input: 'nested', column: 'list1', keepEmpty: true },
    'n',
    'SELECT "int1", unnest(CASE WHEN len("list1") > 0 THEN "list1" ELSE [NULL] END) AS "list1", "struct1" FROM "nested"',
  ],
  [
    'explode JSON',
    { type: 'explode', input: 'small1', column: 'text1', elementType: 'INTEGER' },
    'n',
    'SELECT "int1", unnest((CASE WHEN COALESCE(json_type(CAST("text1" AS JSON)), \'NULL\') = \'NULL\' THEN NULL WHEN json_type(CAST("text1" AS JSON)) = \'ARRAY\' THEN CAST(CAST("text1" AS JSON) AS INTEGER[]) ELSE error(\'text1 holds JSON that is no array\') END)) AS "text1" FROM "small1"',
  ],
  [
    'flatten',
    { type: 'flatten', input: 'nested' },
    'n',
    'SELECT "int1" AS "int1", "list1" AS "list1", struct_extract("struct1", \'a\') AS "struct1_a", struct_extract("struct1", \'b\') AS "struct1_b" FROM "nested"',
  ],
  [
    'flatten without prefix',
    { type: 'flatten', input: 'nested', prefix: 'none', columns: ['struct1'] },
    'n',
    'SELECT "int1" AS "int1", "list1" AS "list1", struct_extract("struct1", \'a\') AS "a", struct_extract("struct1", \'b\') AS "b" FROM "nested"',
  ],
  [
    'parse a number',
    {
      type: 'parse',
      input: 'small1',
      fields: [{ column: 'text1', type: 'DECIMAL(18,2)', decimal: ',', thousands: '.' }],
    },
    'n',
    "SELECT \"int1\", CASE WHEN trim(CAST(\"text1\" AS VARCHAR)) <> '' THEN CASE WHEN regexp_full_match(trim(CAST(\"text1\" AS VARCHAR)), '[+-]?(\\d{1,3}(\\.\\d{3})+|\\d+)(,\\d{0,2}0*)?') THEN TRY_CAST(replace(replace(trim(CAST(\"text1\" AS VARCHAR)), '.', ''), ',', '.') AS DECIMAL(18,2)) END END AS \"text1\", \"_runnel_locator\" FROM \"small1\" WHERE NOT (COALESCE((trim(CAST(\"text1\" AS VARCHAR)) <> '' AND (CASE WHEN regexp_full_match(trim(CAST(\"text1\" AS VARCHAR)), '[+-]?(\\d{1,3}(\\.\\d{3})+|\\d+)(,\\d{0,2}0*)?') THEN TRY_CAST(replace(replace(trim(CAST(\"text1\" AS VARCHAR)), '.', ''), ',', '.') AS DECIMAL(18,2)) END) IS NULL), false))",
  ],
  [
    'parse rejects',
    {
      type: 'parse',
      input: 'small1',
      fields: [{ column: 'text1', type: 'DATE', formats: ['%d.%m.%Y'], blank: 'reject' }],
    },
    'n.rejects',
    'SELECT CASE WHEN (COALESCE((trim(CAST("text1" AS VARCHAR)) <> \'\' AND (TRY_CAST(try_strptime(trim(CAST("text1" AS VARCHAR)), [\'%d.%m.%Y\']) AS DATE)) IS NULL), false) OR COALESCE(trim(CAST("text1" AS VARCHAR)) = \'\', false)) THEN \'type.DATE\' END AS "rule", CASE WHEN (COALESCE((trim(CAST("text1" AS VARCHAR)) <> \'\' AND (TRY_CAST(try_strptime(trim(CAST("text1" AS VARCHAR)), [\'%d.%m.%Y\']) AS DATE)) IS NULL), false) OR COALESCE(trim(CAST("text1" AS VARCHAR)) = \'\', false)) THEN \'text1\' END AS "column", CASE WHEN (COALESCE((trim(CAST("text1" AS VARCHAR)) <> \'\' AND (TRY_CAST(try_strptime(trim(CAST("text1" AS VARCHAR)), [\'%d.%m.%Y\']) AS DATE)) IS NULL), false) OR COALESCE(trim(CAST("text1" AS VARCHAR)) = \'\', false)) THEN CAST("text1" AS VARCHAR) END AS "value", CASE WHEN (COALESCE((trim(CAST("text1" AS VARCHAR)) <> \'\' AND (TRY_CAST(try_strptime(trim(CAST("text1" AS VARCHAR)), [\'%d.%m.%Y\']) AS DATE)) IS NULL), false) OR COALESCE(trim(CAST("text1" AS VARCHAR)) = \'\', false)) THEN \'text1 cannot be read as DATE\' END AS "reason", "_runnel_locator" AS "locator", CAST(to_json({\'int1\': "int1", \'text1\': "text1"}) AS VARCHAR) AS "raw" FROM "small1" WHERE (COALESCE((trim(CAST("text1" AS VARCHAR)) <> \'\' AND (TRY_CAST(try_strptime(trim(CAST("text1" AS VARCHAR)), [\'%d.%m.%Y\']) AS DATE)) IS NULL), false) OR COALESCE(trim(CAST("text1" AS VARCHAR)) = \'\', false))',
  ],
  [
    'parse JSON',
    { type: 'parse', input: 'small1', fields: [{ column: 'text1', to: 'doc', type: 'STRUCT(a INTEGER)' }] },
    'n',
    'SELECT "int1", "text1", CASE WHEN trim(CAST("text1" AS VARCHAR)) <> \'\' THEN TRY(CAST(TRY_CAST(trim(CAST("text1" AS VARCHAR)) AS JSON) AS STRUCT(a INTEGER))) END AS "doc", "_runnel_locator" FROM "small1" WHERE NOT (COALESCE((trim(CAST("text1" AS VARCHAR)) <> \'\' AND (TRY(CAST(TRY_CAST(trim(CAST("text1" AS VARCHAR)) AS JSON) AS STRUCT(a INTEGER)))) IS NULL), false))',
  ],
  [
    'validate',
    {
      type: 'validate',
      input: 'small1',
      rules: [
        { column: 'int1', check: 'not_null' },
        { column: 'int1', check: 'range', min: 0, max: 9 },
        { column: 'text1', check: 'not_blank', severity: 'warning' },
      ],
    },
    'n',
    'SELECT * FROM "small1" WHERE NOT (("int1" IS NULL) OR COALESCE(NOT ("int1" >= 0 AND "int1" <= 9), false))',
  ],
  [
    'validate unique',
    { type: 'validate', input: 'small1', rules: [{ check: 'unique', columns: ['int1', 'text1'] }] },
    'n.valid',
    'SELECT * FROM "small1" QUALIFY NOT (("int1" IS NOT NULL AND "text1" IS NOT NULL AND count(*) OVER (PARTITION BY "int1", "text1") > 1))',
  ],
  [
    'validate rejects',
    {
      type: 'validate',
      input: 'small1',
      rules: [
        { name: 'positive', check: 'expression', expr: 'int1 > 0' },
        { column: 'text1', check: 'accepted', values: ['a', 'b'] },
      ],
    },
    'n.rejects',
    "SELECT CAST(CASE WHEN COALESCE(NOT ((int1 > 0)), false) THEN 'positive' WHEN COALESCE(NOT (\"text1\" IN ('a', 'b')), false) THEN 'text1.accepted' END AS VARCHAR) AS \"rule\", CAST(CASE WHEN COALESCE(NOT ((int1 > 0)), false) THEN 'int1' WHEN COALESCE(NOT (\"text1\" IN ('a', 'b')), false) THEN 'text1' END AS VARCHAR) AS \"column\", CAST(CASE WHEN COALESCE(NOT ((int1 > 0)), false) THEN CAST(\"int1\" AS VARCHAR) WHEN COALESCE(NOT (\"text1\" IN ('a', 'b')), false) THEN CAST(\"text1\" AS VARCHAR) END AS VARCHAR) AS \"value\", concat_ws('; ', CASE WHEN COALESCE(NOT ((int1 > 0)), false) THEN 'int1 fails int1 > 0' END, CASE WHEN COALESCE(NOT (\"text1\" IN ('a', 'b')), false) THEN 'text1 is not one of a, b' END) AS \"reason\", \"_runnel_locator\" AS \"locator\", CAST(to_json({'int1': \"int1\", 'text1': \"text1\"}) AS VARCHAR) AS \"raw\" FROM \"small1\" WHERE COALESCE(NOT ((int1 > 0)), false) OR COALESCE(NOT (\"text1\" IN ('a', 'b')), false)",
  ],
  [
    'compare new',
    { type: 'compare', old: 'small1', 'new': 'small2', keys: ['int1'] },
    'n.new',
    'SELECT r.* FROM "small2" AS r ANTI JOIN "small1" AS l ON "l"."int1" IS NOT DISTINCT FROM "r"."int1"',
  ],
  [
    'compare changed',
    { type: 'compare', old: 'small1', 'new': 'small2', keys: ['int1'] },
    'n.changed',
    'SELECT "r"."int1" AS "int1", "l"."text1" AS "old_text1", "r"."text1" AS "new_text1", list_filter(CAST([CASE WHEN "l"."text1" IS DISTINCT FROM "r"."text1" THEN \'text1\' END] AS VARCHAR[]), lambda name: name IS NOT NULL) AS "changed_columns" FROM "small2" AS r JOIN "small1" AS l ON "l"."int1" IS NOT DISTINCT FROM "r"."int1" WHERE "l"."text1" IS DISTINCT FROM "r"."text1"',
  ],
  [
    'compare deleted',
    { type: 'compare', old: 'small1', 'new': 'small2', keys: ['int1'] },
    'n.deleted',
    'SELECT l.* FROM "small1" AS l ANTI JOIN "small2" AS r ON "l"."int1" IS NOT DISTINCT FROM "r"."int1"',
  ],
  [
    'compare same',
    { type: 'compare', old: 'small1', 'new': 'small2', keys: ['int1'] },
    'n.same',
    'SELECT r.* FROM "small2" AS r JOIN "small1" AS l ON "l"."int1" IS NOT DISTINCT FROM "r"."int1" WHERE NOT ("l"."text1" IS DISTINCT FROM "r"."text1")',
  ],
  [
    'sql',
    { type: 'sql', inputs: ['t1'], sql: 'SELECT int1, count(*) AS n FROM t1 WHERE date1 > $since GROUP BY int1' },
    'n',
    "SELECT * FROM (SELECT int1, count(*) AS n FROM t1 WHERE date1 > CAST('2026-01-01' AS DATE) GROUP BY int1) AS query",
  ],
  [
    'sql under another name',
    { type: 'sql', inputs: { x: 't1' }, sql: 'WITH y AS (SELECT int1 FROM x) SELECT * FROM y' },
    'n',
    'SELECT * FROM (WITH "x" AS (SELECT "int1", "int2", "big1", "dec1", "dbl1", "text1", "text2", "date1", "ts1", "bool1", "list1", "struct1", "a""b" FROM "t1") SELECT * FROM (WITH y AS (SELECT int1 FROM x) SELECT * FROM y) AS query) AS query',
  ],
]
