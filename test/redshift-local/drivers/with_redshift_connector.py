import datetime
import decimal
import os
import tempfile

import redshift_connector
from telling import tell

# By TLS, as by default: SSL_CERT_FILE names the server's certificate.
connection = redshift_connector.connect(
    host='localhost', port=int(os.environ['PORT']), database='dev', user='me', password='Secret1', sslmode='verify-full'
)
cursor = connection.cursor()


def rows(sql, values=None):
    cursor.execute(sql, values)
    return [tuple(row) for row in cursor.fetchall()]


cursor.execute('create table heard (id bigint, song varchar(20), day date, at timestamp, b boolean, n decimal(18,4), x float8, t time)')
connection.commit()
row = (1, 'é✓', datetime.date(2018, 11, 15), datetime.datetime(2018, 11, 15, 0, 30, 26, 796000), True, decimal.Decimal('12.3400'), 1.5, datetime.time(1, 2, 3))
names = [f'v{n}' for n in range(len(row))]
styles = {
    'format': (['%s'] * len(row), row),
    'qmark': (['?'] * len(row), row),
    'numeric': ([f':{n + 1}' for n in range(len(row))], row),
    'named': ([f':{name}' for name in names], dict(zip(names, row))),
    'pyformat': ([f'%({name})s' for name in names], dict(zip(names, row))),
}
for style, (marks, values) in styles.items():
    cursor.paramstyle = style
    tell(style, lambda: cursor.execute(f"insert into heard values ({', '.join(marks)})", values).rowcount)
cursor.paramstyle = 'format'
tell('the same back', lambda: set(rows('select * from heard')) == {row})
tell('executemany', lambda: cursor.executemany('insert into heard (id) values (%s)', [(n,) for n in range(10)]).rowcount)
connection.commit()
tell('fetchmany', lambda: (cursor.execute('select id from heard order by id'), cursor.fetchone(), len(cursor.fetchmany(5)))[1:])


def told(name, call):
    tell(name, call)
    connection.rollback()


told('get_schemas', lambda: ['public', 'dev'] in [list(row) for row in cursor.get_schemas()])
told('get_catalogs', lambda: [list(row) for row in cursor.get_catalogs()])
told('get_tables', lambda: [row[2] for row in cursor.get_tables(schema_pattern='public', table_name_pattern='heard')])
told('get_columns', lambda: [row[3] for row in cursor.get_columns(schema_pattern='public', tablename_pattern='heard')])
told('get_primary_keys', lambda: len(cursor.get_primary_keys(schema='public', table='heard')))
told('get_procedures', lambda: len(cursor.get_procedures()) > 0)
with tempfile.NamedTemporaryFile('w', suffix='.csv') as file:
    file.write('id,song\n100,a\n101,b\n102,c\n')
    file.flush()
    tell('insert_data_bulk', lambda: cursor.insert_data_bulk(file.name, 'heard', [0, 1], ['id', 'song'], ',', 3).rowcount)
connection.commit()
tell('fetch_dataframe', lambda: cursor.execute('select id, song from heard where id >= 100').fetch_dataframe().shape)
tell('error', lambda: rows('select x from nothing'))
connection.rollback()
connection.autocommit = True
tell('autocommit', lambda: cursor.execute('vacuum heard').rowcount)
cursor.execute('drop table heard')
