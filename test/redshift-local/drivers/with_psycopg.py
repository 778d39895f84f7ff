import datetime
import decimal
import os

import psycopg
from telling import tell

# Without an encoding, psycopg 3 knows none of the name UNICODE (psycopg/psycopg#122).
connection = psycopg.connect(f"host=127.0.0.1 port={os.environ['PORT']} dbname=dev user=me client_encoding=utf8")


def rows(sql, values=None, binary=False, **options):
    return connection.cursor(binary=binary).execute(sql, values, **options).fetchall()


tell('encoding', lambda: connection.info.encoding)
connection.execute('create table heard (id bigint, song varchar(20), day date, at timestamp, b boolean, n decimal(18,4), x float8)')
connection.commit()
row = (1, "é'✓\\", datetime.date(2018, 11, 15), datetime.datetime(2018, 11, 15, 0, 30, 26, 796000), True, decimal.Decimal('12.34'), 1.5)
for form in ('s', 'b'):
    marks = ', '.join([f'%{form}'] * 7)
    tell(f'execute %{form}', lambda: connection.execute(f'insert into heard values ({marks})', row).statusmessage)
tell('the same back', lambda: rows('select * from heard') == [row, row])
tell('the same back in binary', lambda: rows('select * from heard', binary=True) == [row, row])
tell('prepared', lambda: [rows('select n from heard where id = %s', (1,), prepare=True) for _ in range(3)][-1][0])
with connection.cursor() as cursor:
    cursor.executemany('insert into heard (id) values (%s)', [(n,) for n in range(50)])
connection.commit()


def named():
    with connection.cursor('by_and_by') as part:
        part.execute('select id from heard')
        return len(part.fetchmany(20)), len(part.fetchall())


tell('named cursor', named)


def piped():
    with connection.pipeline():
        first, second = connection.execute('select 1'), connection.execute('select 2')
        return first.fetchone(), second.fetchone()


tell('pipeline', piped)
tell('stream', lambda: len(list(connection.cursor().stream('select id from heard'))))


def copied():
    with connection.cursor().copy('copy heard from stdin') as copy:
        copy.write_row((1,))


tell('copy', copied)
connection.rollback()
with connection.transaction():
    tell('transaction', lambda: rows('select count(*) from heard'))
connection.read_only = True
tell('read-only', lambda: rows('select 1'))
connection.rollback()
connection.read_only = None
connection.autocommit = True
tell('autocommit', lambda: connection.execute('vacuum heard').statusmessage)
tell('error', lambda: rows('select nothing from heard'))
connection.execute('drop table heard')
