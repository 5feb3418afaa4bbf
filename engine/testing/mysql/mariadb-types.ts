import type { TypeCase } from '../conformance/fixture.ts'

const exact = (sourceType: string, type: string, cases: readonly (readonly [string, TypeCase['cell']])[]): TypeCase[] =>
  cases.map(([literal, cell]) => ({ sourceType, literal, type, cell, fidelity: 'exact' }))

const widening = (
  sourceType: string,
  type: string,
  cases: readonly (readonly [string, TypeCase['cell']])[],
): TypeCase[] => cases.map(([literal, cell]) => ({ sourceType, literal, type, cell, fidelity: 'widening' }))

const REJECTED = { rejected: true } as const
const nines = (count: number): string => '9'.repeat(count)

/** Every type of MariaDB 10.11 with its extreme values. */
export const MARIADB_TYPES: readonly TypeCase[] = [
  ...exact('TINYINT(1)', 'TINYINT', [
    ['-128', -128],
    ['127', 127],
    ['NULL', null],
  ]),
  ...exact('BOOL', 'TINYINT', [
    ['TRUE', 1],
    ['FALSE', 0],
  ]),
  ...exact('TINYINT UNSIGNED', 'UTINYINT', [
    ['0', 0],
    ['255', 255],
  ]),
  ...exact('SMALLINT', 'SMALLINT', [
    ['-32768', -32768],
    ['32767', 32767],
  ]),
  ...exact('SMALLINT UNSIGNED', 'USMALLINT', [['65535', 65535]]),
  ...widening('MEDIUMINT', 'INTEGER', [
    ['-8388608', -8388608],
    ['8388607', 8388607],
  ]),
  ...widening('MEDIUMINT UNSIGNED ZEROFILL', 'UINTEGER', [
    ['7', 7],
    ['16777215', 16777215],
  ]),
  ...exact('INT', 'INTEGER', [
    ['-2147483648', -2147483648],
    ['2147483647', 2147483647],
  ]),
  ...exact('INT UNSIGNED', 'UINTEGER', [['4294967295', 4294967295]]),
  ...exact('BIGINT', 'BIGINT', [
    ['-9223372036854775808', '-9223372036854775808'],
    ['9223372036854775807', '9223372036854775807'],
  ]),
  ...exact('BIGINT UNSIGNED', 'UBIGINT', [['18446744073709551615', '18446744073709551615']]),
  ...exact('DECIMAL(10,2)', 'DECIMAL(10,2)', [
    ['-99999999.99', '-99999999.99'],
    ['0.10', '0.10'],
  ]),
  ...exact('DECIMAL(5,0) UNSIGNED ZEROFILL', 'DECIMAL(5,0)', [['42', '42']]),
  ...exact('DECIMAL(38,30)', 'DECIMAL(38,30)', [[`-${nines(8)}.${nines(30)}`, `-${nines(8)}.${nines(30)}`]]),
  ...widening('DECIMAL(65,30)', 'VARCHAR', [
    [`${nines(35)}.${nines(30)}`, `${nines(35)}.${nines(30)}`],
    ['-0.1', `-0.1${'0'.repeat(29)}`],
  ]),
  ...exact('FLOAT', 'FLOAT', [
    ['0.1', 0.10000000149011612],
    ['16777217', 16777216],
    ['-3.4028234e38', -3.4028234663852886e38],
    ['1.4e-45', 1.401298464324817e-45],
  ]),
  ...exact('FLOAT(7,2)', 'FLOAT', [['12345.67', 12345.669921875]]),
  ...exact('DOUBLE', 'DOUBLE', [
    ['0.1', 0.1],
    ['1.7976931348623157e308', 1.7976931348623157e308],
    ['2.2250738585072014e-308', 2.2250738585072014e-308],
    ['5e-324', 5e-324],
  ]),
  ...exact('DOUBLE(9,3)', 'DOUBLE', [['123456.789', 123456.789]]),
  ...widening('BIT(1)', 'UBIGINT', [["b'1'", '1']]),
  ...widening('BIT(12)', 'UBIGINT', [["b'101100001010'", '2826']]),
  ...widening('BIT(64)', 'UBIGINT', [[`b'${'1'.repeat(64)}'`, '18446744073709551615']]),
  ...exact('CHAR(5)', 'VARCHAR', [
    ["'林,\"x'", '林,"x'],
    ["''", ''],
  ]),
  ...exact('CHAR(5) CHARACTER SET latin1', 'VARCHAR', [["'é€'", 'é€']]),
  ...exact('VARCHAR(20)', 'VARCHAR', [
    ["' a\\t\\n\\\\N\\r '", ' a\t\n\\N\r '],
    ["'NULL'", 'NULL'],
    ["'😀'", '😀'],
    ["'\\\\N'", '\\N'],
  ]),
  ...exact('VARCHAR(20) CHARACTER SET gbk', 'VARCHAR', [["'汇渠'", '汇渠']]),
  ...exact('VARCHAR(20) CHARACTER SET utf16', 'VARCHAR', [["'汇渠😀'", '汇渠😀']]),
  ...exact('VARCHAR(20) COLLATE utf8mb4_bin', 'VARCHAR', [["'a '", 'a ']]),
  ...exact('TINYTEXT', 'VARCHAR', [["REPEAT('x', 255)", 'x'.repeat(255)]]),
  ...exact('TEXT', 'VARCHAR', [["REPEAT('\"\\n', 300)", '"\n'.repeat(300)]]),
  ...exact('MEDIUMTEXT', 'VARCHAR', [["REPEAT('y', 70000)", 'y'.repeat(70_000)]]),
  ...exact('LONGTEXT', 'VARCHAR', [["'z'", 'z']]),
  ...exact('BINARY(3)', 'BLOB', [["x'00ff'", '\\x00\\xFF\\x00']]),
  ...exact('VARBINARY(4)', 'BLOB', [
    ["x'5c2c220a'", '\\,\\x22\\x0A'],
    ["''", ''],
  ]),
  ...exact('TINYBLOB', 'BLOB', [["x'fb00'", '\\xFB\\x00']]),
  ...exact('BLOB', 'BLOB', [["x'fe'", '\\xFE']]),
  ...exact('MEDIUMBLOB', 'BLOB', [["REPEAT('a', 300)", 'a'.repeat(300)]]),
  ...exact('LONGBLOB', 'BLOB', [["x'ff'", '\\xFF']]),
  ...exact('DATE', 'DATE', [
    ["'1000-01-01'", '1000-01-01'],
    ["'9999-12-31'", '9999-12-31'],
    ["'2024-02-29'", '2024-02-29'],
  ]),
  ...exact(
    'DATE',
    'DATE',
    ["'0000-00-00'", "'2024-00-00'", "'2024-05-00'", "'2024-02-31'", "'0000-01-01'"].map(
      (text) => [text, REJECTED] as const,
    ),
  ),
  ...exact('DATETIME', 'TIMESTAMP', [
    ["'9999-12-31 23:59:59'", '9999-12-31 23:59:59'],
    ["'0000-00-00 00:00:00'", REJECTED],
  ]),
  ...exact('DATETIME(6)', 'TIMESTAMP', [["'1000-01-01 00:00:00.000001'", '1000-01-01 00:00:00.000001']]),
  ...exact('TIMESTAMP(6) NULL', 'TIMESTAMP WITH TIME ZONE', [
    ["'2038-01-19 03:14:07.999999'", '2038-01-19 03:14:07.999999+00'],
    ["'1970-01-01 00:00:01'", '1970-01-01 00:00:01+00'],
    ["'0000-00-00 00:00:00'", REJECTED],
  ]),
  ...widening('TIME', 'VARCHAR', [
    ["'-838:59:59'", '-838:59:59'],
    ["'838:59:59'", '838:59:59'],
  ]),
  ...widening('TIME(6)', 'VARCHAR', [["'838:59:59.999999'", '838:59:59.999999']]),
  ...widening('YEAR', 'USMALLINT', [
    ['1901', 1901],
    ['2155', 2155],
    ["'0000'", 0],
  ]),
  ...widening("ENUM('a','b,c','d''e')", 'VARCHAR', [
    ["'b,c'", 'b,c'],
    ["'d''e'", "d'e"],
    ['0', ''],
  ]),
  ...widening("SET('x','y','z')", 'VARCHAR', [
    ["'x,z'", 'x,z'],
    ["''", ''],
  ]),
  ...exact('JSON', 'JSON', [['\'{"a":[1,"\\\\u6797",null]}\'', '{"a":[1,"\\u6797",null]}']]),
  ...exact('UUID', 'UUID', [["'00000000-0000-0000-0000-000000000001'", '00000000-0000-0000-0000-000000000001']]),
  ...widening('INET6', 'VARCHAR', [["'2001:db8::ff00:42:8329'", '2001:db8::ff00:42:8329']]),
  ...widening('INET4', 'VARCHAR', [["'192.0.2.1'", '192.0.2.1']]),
  ...['GEOMETRY', 'POINT'].map(
    (sourceType): TypeCase => ({
      sourceType,
      literal: "ST_GeomFromText('POINT(1 2)')",
      type: 'BLOB',
      cell: '\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\xF0?\\x00\\x00\\x00\\x00\\x00\\x00\\x00@',
      fidelity: 'lossy',
    }),
  ),
]
