const systemSchemas = ['pg_catalog', 'information_schema', 'redshift_catalog']

/** Whether a name means a relation of the system's, as far as a name can tell. */
export function isSystem(schema: string | undefined, name: string): boolean {
  if (schema !== undefined) return systemSchemas.includes(schema)
  return /^(pg|stl|stv|svl|svv|svcs|sys)_/.test(name)
}

export function isSystemSchema(name: string): boolean {
  return systemSchemas.includes(name)
}
