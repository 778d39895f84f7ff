import { SqlError } from '../errors'

/** What names mean to Redshift, as far as a name alone can tell: the lists that the rules look them up in. */

/** Facts B: words that are reserved in Redshift and not in PostgreSQL. */
export const reservedWords = wordSet(
  'aes128 aes256 allowoverwrite az64 backup blanksasnull bytedict bzip2 credentials current_user_id ' +
    'deflate defrag delta delta32k disable emptyasnull enable encode encrypt encryption explicit ' +
    'globaldict256 globaldict64k gzip identity ignore lun luns lzo lzop minus mostly8 mostly16 ' +
    'mostly32 new nulls off offline oid old open parallel partition percent permissions pivot raw ' +
    'readratio recover rejectlog resort respect restore snapshot sysdate system start tag tdes ' +
    'text255 text32k timestamp top truncatecolumns unnest unpivot wallet without',
)

/** PostgreSQL's own reserved words, which Redshift reserves too (facts B: "+ the PG ones"). */
const reservedByPostgres = wordSet(
  'all analyse analyze and any array as asc asymmetric both case cast check collate column ' +
    'constraint create current_catalog current_date current_role current_time current_timestamp ' +
    'current_user default deferrable desc distinct do else end except false fetch for foreign from ' +
    'grant group having in initially intersect into lateral leading limit localtime localtimestamp ' +
    'not null offset on only or order placing primary references returning select session_user some ' +
    'symmetric table then to trailing true union unique user using variadic when where window with ' +
    'authorization between binary cross freeze full ilike inner is isnull join left like natural ' +
    'notnull outer overlaps right similar verbose',
)

/** Whether a bare word cannot be the name of a column. */
export function isReserved(word: string): boolean {
  return reservedWords.has(word) || reservedByPostgres.has(word)
}

/** Facts B: names of the system's own columns. */
export const systemColumns = new Set(['oid', 'tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'])

/** Facts B, Types: what Redshift has and the engine has not. */
export const lackingTypes = wordSet('super varbyte varbinary geometry geography hllsketch')

/** Docs r_OPERATOR_SYMBOLS, and those of comparisons and patterns. */
export const knownOperators = wordSet(
  '+ - * / % ^ |/ ||/ @ & | # << >> || = <> < <= > >= ~ !~ ~~ !~~ ~~* !~~*',
)

/** What PostgreSQL 8.0 has beside them, as far as the engine has it. */
export const operatorsOfLeaderNode = wordSet('~* !~* ~<~ ~<=~ ~>~ ~>=~')

const systemSchemas = ['pg_catalog', 'information_schema', 'redshift_catalog']

/** Whether a name means a relation of the system's. */
export function isSystem(schema: string | undefined, name: string): boolean {
  if (schema !== undefined) return systemSchemas.includes(schema)
  return /^(pg|stl|stv|svl|svv|svcs|sys)_/.test(name)
}

export function isSystemSchema(name: string): boolean {
  return systemSchemas.includes(name)
}

/** The one database of the local Redshift. */
export const databaseName = 'dev'

/** @throws SqlError 0A000 for what is named to be of another database */
export function refuseOtherDatabase(name: string): void {
  if (name !== databaseName) throw new SqlError('0A000', otherDatabase(name))
}

/** The answer to a name of three parts that is of another database. */
export function otherDatabase(name: string): string {
  return `Queries across databases are not carried out by the local Redshift: it has "${databaseName}", and no "${name}".`
}

/** The words of a list, which may stand in several lines. */
export function wordSet(...lines: string[]): Set<string> {
  return new Set(lines.flatMap((line) => line.split(' ')))
}
