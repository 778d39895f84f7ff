import datetime
import decimal
import io
import os

import psycopg2
import psycopg2.extensions
import psycopg2.extras
from telling import tell

connection = psycopg2.connect(
    host='127.0.0.1', port=os.environ['PORT'], dbname='dev', user='me', sslmode='require'
)
cursor = connection.cursor()


def rows(sql, values=None):
    cursor.execute(sql, values)
    return cursor.fetchall()


def after(change, sql='select 1'):
    change()
    try:
        return rows(sql)
    finally:
        connection.rollback()


tell('server', lambda: (connection.server_version, connection.get_parameter_status('is_superuser')))
cursor.execute('create table heard (id bigint, song varchar(20), day date, at timestamp, n decimal(18,4), x float8)')
connection.commit()
row = (1, "é'✓\\", datetime.date(2018, 11, 15), datetime.datetime(2018, 11, 15, 0, 30, 26, 796000), decimal.Decimal('12.34'), 1.5)
tell('execute', lambda: (cursor.execute('insert into heard values (%s, %s, %s, %s, %s, %s)', row), cursor.statusmessage)[1])
tell('the same back', lambda: rows('select * from heard')[0] == row)
cursor.executemany('insert into heard (id, song) values (%s, %s)', [(n, str(n)) for n in range(20)])
psycopg2.extras.execute_values(cursor, 'insert into heard (id) values %s', [(n,) for n in range(1000)], page_size=300)
psycopg2.extras.execute_batch(cursor, 'insert into heard (id) values (%s)', [(n,) for n in range(250)])
connection.commit()
tell('many', lambda: rows('select count(*) from heard'))


def named():
    with connection.cursor('by_and_by') as part:
        part.itersize = 100
        part.execute('select id from heard')
        return len(list(part))


tell('named cursor', named)
connection.rollback()
tell('in', lambda: rows('select count(*) from heard where id in %s', ((1, 2),)))
tell('copy_from', lambda: cursor.copy_from(io.StringIO('1\t2\n'), 'heard', columns=('id', 'song')))
connection.rollback()
tell('copy_expert', lambda: cursor.copy_expert('copy heard to stdout', io.StringIO()))
connection.rollback()
tell('error', lambda: rows('select nothing from heard'))
connection.rollback()
tell('read-only', lambda: after(lambda: connection.set_session(readonly=True)))
tell('write in it', lambda: after(lambda: None, 'delete from heard'))
connection.set_session(readonly=False)
tell('serializable', lambda: after(lambda: connection.set_session(isolation_level='SERIALIZABLE')))
tell('encoding', lambda: after(lambda: connection.set_client_encoding('UTF8'), "select 'é'"))
connection.autocommit = True
tell('autocommit', lambda: (cursor.execute('vacuum heard'), cursor.statusmessage)[1])
tell('notice', lambda: (cursor.execute('drop table if exists nothing'), connection.notices[-1].strip())[1])
cursor.execute('drop table heard')
tell('reset', lambda: connection.reset())
