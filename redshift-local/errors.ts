/** The local Redshift cannot do its work here: engine, port or folder. The message says what to do. */
export class LocalRedshiftError extends Error {
  override name = 'LocalRedshiftError'
}

/** The folder that was named is no place for the data of a local Redshift. */
export class ForeignFolder extends LocalRedshiftError {
  override name = 'ForeignFolder'
}

/** What a server tells a client in an ErrorResponse, by the names of the PostgreSQL manual (53.8). */
interface SqlErrorFields {
  severity?: 'ERROR' | 'FATAL'
  detail?: string | undefined
  hint?: string | undefined
  /** 1-based, in characters of the statement. */
  position?: number | undefined
  routine?: string | undefined
}

/** An error for the client's eyes: it travels as an ErrorResponse with this SQLSTATE. */
export class SqlError extends Error {
  override name = 'SqlError'
  constructor(
    readonly sqlstate: string,
    message: string,
    readonly fields: SqlErrorFields = {},
  ) {
    super(message)
  }
}
