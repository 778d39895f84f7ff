import asyncio
import datetime
import decimal
import os

import asyncpg
from telling import tell


async def main():
    connection = await asyncpg.connect(host='127.0.0.1', port=os.environ['PORT'], database='dev', user='me', ssl='require')

    async def told(title, call):
        try:
            value = await call
        except Exception as error:
            reason = error
            tell(title, lambda: (_ for _ in ()).throw(reason))
        else:
            tell(title, lambda: value)

    await told('create', connection.execute('create table heard (id bigint, song varchar(20), at timestamp, n decimal(10,2))'))
    row = (1, 'é', datetime.datetime(2018, 11, 15, 0, 30, 26, 796000), decimal.Decimal('1.50'))
    await told('execute', connection.execute('insert into heard values ($1, $2, $3, $4)', *row))
    await told('fetch', connection.fetchrow('select * from heard where id = $1', 1))
    await told('executemany', connection.executemany('insert into heard (id) values ($1)', [(n,) for n in range(30)]))

    async def part():
        async with connection.transaction():
            return len([row async for row in connection.cursor('select id from heard', prefetch=7)])

    await told('cursor', part())
    await told('copy', connection.copy_records_to_table('heard', records=[row]))
    await told('reset', connection.reset())
    await connection.execute('drop table heard')
    await connection.close()


asyncio.run(main())
