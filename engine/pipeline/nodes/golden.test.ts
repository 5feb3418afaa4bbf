import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../sql/sql.ts'
import { FIXTURE_COLUMNS } from '../../testing/duck-sql-matcher.ts'
import { PipelineBench } from '../../testing/pipeline-bench.ts'
import { NODES } from './all.ts'

type Node = { type: string } & Record<string, unknown>

/** Title, node, output, the SELECT it compiles to. `small1`, `small2` and `nested` are narrow views of t1 and t2. */
const GOLDEN: [string, Node, string, string][] = [
  ['filter', { type: 'filter', input: 't1', where: 'int1 > 0' }, 'n', 'SELECT * FROM "t1" WHERE (int1 > 0)'],
  [
    'filter with parameter and comment',
    { type: 'filter', input: 't1', where: 'date1 >= $since /* new */' },
    'n',
    'SELECT * FROM "t1" WHERE (date1 >= CAST(\'2026-01-01\' AS DATE) )',
  ],
  [
    'filter on a quoted name',
    { type: 'filter', input: 't1', where: '"a""b" = 1' },
    'n',
    'SELECT * FROM "t1" WHERE ("a""b" = 1)',
  ],
  [
    'map of all forms',
    {
      type: 'map',
      input: 't1',
      fields: [
        { to: 'id', from: 'int1' },
        { to: 'double', expr: 'int1 * 2', type: 'BIGINT' },
        { to: 'country', value: "it's" },
        { to: 'text1', default: '?' },
        { to: 'n', from: 'text2', type: 'INTEGER', onError: 'null', default: 0 },
      ],
    },
    'n',
    'SELECT "int1" AS "id", CAST((int1 * 2) AS BIGINT) AS "double", \'it\'\'s\' AS "country", COALESCE("text1", \'?\') AS "text1", COALESCE(TRY_CAST("text2" AS INTEGER), 0) AS "n" FROM "t1"',
  ],
  [
    'map keeping the rest',
    { type: 'map', input: 't1', fields: [{ to: 'a', from: 'a"b' }], rest: 'keep' },
    'n',
    'SELECT "a""b" AS "a", "int1", "int2", "big1", "dec1", "dbl1", "text1", "text2", "date1", "ts1", "bool1", "list1", "struct1" FROM "t1"',
  ],
  [
    'join inner',
    { type: 'join', left: 'small1', right: 'small2', on: ['int1'] },
    'n',
    'SELECT "l"."int1" AS "int1", "l"."text1" AS "text1", "r"."int2" AS "int2", "r"."text1" AS "text1_right" FROM "small1" AS l INNER JOIN "small2" AS r ON "l"."int1" = "r"."int1"',
  ],
  [
    'join on differing names',
    {
      type: 'join',
      left: 'small1',
      right: 'small2',
      how: 'left',
      on: [{ left: 'int1', right: 'int2' }, 'text1'],
      suffixes: ['_l', '_r'],
    },
    'n',
    'SELECT "l"."int1" AS "int1_l", "l"."text1" AS "text1", "r"."int1" AS "int1_r", "r"."int2" AS "int2" FROM "small1" AS l LEFT JOIN "small2" AS r ON "l"."int1" = "r"."int2" AND "l"."text1" = "r"."text1"',
  ],
  [
    'join right',
    { type: 'join', left: 'small1', right: 'small2', how: 'right', on: ['int1'] },
    'n',
    'SELECT "r"."int1" AS "int1", "l"."text1" AS "text1", "r"."int2" AS "int2", "r"."text1" AS "text1_right" FROM "small1" AS l RIGHT JOIN "small2" AS r ON "l"."int1" = "r"."int1"',
  ],
  [
    'join full, NULL equal',
    { type: 'join', left: 'small1', right: 'small2', how: 'full', on: ['int1'], nullsEqual: true },
    'n',
    'SELECT COALESCE("l"."int1", "r"."int1") AS "int1", "l"."text1" AS "text1", "r"."int2" AS "int2", "r"."text1" AS "text1_right" FROM "small1" AS l FULL JOIN "small2" AS r ON "l"."int1" IS NOT DISTINCT FROM "r"."int1"',
  ],
  [
    'join semi',
    { type: 'join', left: 'small1', right: 'small2', how: 'semi', on: ['int1'] },
    'n',
    'SELECT l.* FROM "small1" AS l SEMI JOIN "small2" AS r ON "l"."int1" = "r"."int1"',
  ],
  [
    'join anti',
    { type: 'join', left: 'small1', right: 'small2', how: 'anti', on: ['int1'] },
    'n',
    'SELECT l.* FROM "small1" AS l ANTI JOIN "small2" AS r ON "l"."int1" = "r"."int1"',
  ],
  [
    'join cross',
    { type: 'join', left: 'small1', right: 'small2', how: 'cross' },
    'n',
    'SELECT "l"."int1" AS "int1", "l"."text1" AS "text1", "r"."int1" AS "int1_right", "r"."int2" AS "int2", "r"."text1" AS "text1_right" FROM "small1" AS l CROSS JOIN "small2" AS r',
  ],
  [
    'lookup first',
    {
      type: 'lookup',
      input: 'small1',
      from: 'small2',
      on: ['int1'],
      columns: [{ from: 'int2', to: 'found' }],
      severalMatches: 'first',
      order: ['int2'],
    },
    'n',
    'SELECT "l"."int1", "l"."text1", "m"."int2" AS "found" FROM "small1" AS l LEFT JOIN (SELECT "int1", "int2", "text1", "int1" AS "_runnel_key_1", count(*) OVER (PARTITION BY "int1") AS "_runnel_matches" FROM "small2" WHERE "int1" IS NOT NULL QUALIFY row_number() OVER (PARTITION BY "int1" ORDER BY "int2" ASC NULLS LAST, hash("int1", "int2", "text1")) = 1) AS m ON "l"."int1" = "m"."_runnel_key_1"',
  ],
  [
    'lookup default, fail',
    {
      type: 'lookup',
      input: 'small1',
      from: 'small2',
      on: ['int1'],
      columns: [{ from: 'int2', to: 'found' }],
      noMatch: 'default',
      defaults: { found: 0 },
    },
    'n',
    'SELECT "l"."int1", "l"."text1", CASE WHEN "m"."_runnel_matches" IS NULL THEN 0 ELSE "m"."int2" END AS "found" FROM "small1" AS l LEFT JOIN (SELECT "int1", "int2", "text1", "int1" AS "_runnel_key_1", count(*) OVER (PARTITION BY "int1") AS "_runnel_matches" FROM "small2" WHERE "int1" IS NOT NULL QUALIFY row_number() OVER (PARTITION BY "int1" ORDER BY hash("int1", "int2", "text1")) = 1) AS m ON "l"."int1" = "m"."_runnel_key_1" WHERE CASE WHEN "m"."_runnel_matches" > 1 THEN error(\'node n: a row has several matches\') ELSE true END',
  ],
  [
    'lookup reject',
    {
      type: 'lookup',
      input: 'small1',
      from: 'small2',
      on: ['int1'],
      columns: [{ from: 'int2', to: 'found' }],
      noMatch: 'reject',
      severalMatches: 'reject',
    },
    'n',
    'SELECT "l"."int1", "l"."text1", "m"."int2" AS "found", "l"."_runnel_locator" FROM "small1" AS l LEFT JOIN (SELECT "int1", "int2", "text1", "int1" AS "_runnel_key_1", count(*) OVER (PARTITION BY "int1") AS "_runnel_matches" FROM "small2" WHERE "int1" IS NOT NULL QUALIFY row_number() OVER (PARTITION BY "int1" ORDER BY hash("int1", "int2", "text1")) = 1) AS m ON "l"."int1" = "m"."_runnel_key_1" WHERE "m"."_runnel_matches" IS NOT NULL AND COALESCE("m"."_runnel_matches", 0) <= 1',
  ],
  [
    'lookup rejects',
    {
      type: 'lookup',
      input: 'small1',
      from: 'small2',
      on: ['int1'],
      columns: [{ from: 'int2', to: 'found' }],
      noMatch: 'reject',
      severalMatches: 'reject',
    },
    'n.rejects',
    'SELECT CASE WHEN "_runnel_matches" IS NULL THEN \'lookup.no_match\' ELSE \'lookup.several_matches\' END AS "rule", \'int1\' AS "column", CAST("int1" AS VARCHAR) AS "value", CASE WHEN "_runnel_matches" IS NULL THEN \'no row of small2 has this key\' ELSE \'several rows of small2 have this key\' END AS "reason", "_runnel_locator" AS "locator", CAST(to_json({\'int1\': "int1", \'text1\': "text1"}) AS VARCHAR) AS "raw" FROM (SELECT l.*, "m"."_runnel_matches" FROM "small1" AS l LEFT JOIN (SELECT "int1", "int2", "text1", "int1" AS "_runnel_key_1", count(*) OVER (PARTITION BY "int1") AS "_runnel_matches" FROM "small2" WHERE "int1" IS NOT NULL QUALIFY row_number() OVER (PARTITION BY "int1" ORDER BY hash("int1", "int2", "text1")) = 1) AS m ON "l"."int1" = "m"."_runnel_key_1") AS looked_up WHERE "_runnel_matches" IS NULL OR "_runnel_matches" > 1',
  ],
  [
    'lookup all',
    {
      type: 'lookup',
      input: 'small1',
      from: 'small2',
      on: ['int1'],
      columns: [{ from: 'int2', to: 'found' }],
      severalMatches: 'all',
    },
    'n',
    'SELECT "l"."int1", "l"."text1", "m"."int2" AS "found" FROM "small1" AS l LEFT JOIN (SELECT "int1", "int2", "text1", "int1" AS "_runnel_key_1", 1 AS "_runnel_matches" FROM "small2" WHERE "int1" IS NOT NULL) AS m ON "l"."int1" = "m"."_runnel_key_1"',
  ],
  [
    'union by name',
    { type: 'union', inputs: ['small1', 'small2'] },
    'n',
    'SELECT "int1", "text1" FROM "small1" UNION ALL BY NAME SELECT "int1", "int2", "text1" FROM "small2"',
  ],
  [
    'union by position, distinct',
    { type: 'union', inputs: ['small1', 'small1'], by: 'position', distinct: true },
    'n',
    'SELECT "int1", "text1" FROM "small1" UNION SELECT "int1", "text1" FROM "small1"',
  ],
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

let bench: PipelineBench
beforeAll(async () => {
  bench = await PipelineBench.open()
  const list = FIXTURE_COLUMNS.map(({ name, type }) => `CAST(NULL AS ${type}) AS "${name.replaceAll('"', '""')}"`)
  for (const table of ['t1', 't2']) await bench.table(table, `SELECT ${list.join(', ')}`)
  await bench.table('small1', 'SELECT int1, text1 FROM t1')
  await bench.table('small2', 'SELECT int1, int2, text1 FROM t2')
  await bench.table('nested', 'SELECT int1, list1, struct1 FROM t1')
})
afterAll(() => bench[Symbol.asyncDispose]())

const NARROW =
  'WITH small1 AS (SELECT int1, text1, NULL::VARCHAR AS _runnel_locator FROM t1), small2 AS (SELECT int1, int2, text1 FROM t2), nested AS (SELECT int1, list1, struct1 FROM t1)'

describe('nodes compile to', () => {
  it.each(GOLDEN)('%s', async (_title, node, output, expected) => {
    const declared = { since: { type: 'DATE', default: '2026-01-01' } }
    const relation = await bench.relation({ n: node }, output, { declared })
    const narrow = { parts: [{ kind: 'text' as const, text: `${NARROW} ` }] }
    // Bound as a subquery, since a union does not begin with a SELECT of its own.
    await expect(sql`${narrow}SELECT * FROM (${relation}) AS bound`).toBeDuckSql(
      `${NARROW} SELECT * FROM (${expected}) AS bound`,
    )
  })

  it('cover every node type', () => {
    const covered = new Set(GOLDEN.map(([, { type }]) => type))
    expect(Object.keys(NODES).filter((type) => !covered.has(type))).toEqual(['source', 'target'])
  })

  it('the same text each time', async () => {
    for (const [, node, output] of GOLDEN) {
      const declared = { since: { type: 'DATE', default: '2026-01-01' } }
      const once = await bench.relation({ n: node }, output, { declared })
      expect(await bench.relation({ n: node }, output, { declared })).toEqual(once)
    }
  })
})
