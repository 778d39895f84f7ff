"""Builds a star the way that Sparkify scripts in Python do: drop, create, COPY, INSERT ... SELECT."""

import sys

import psycopg2

tables = ["staging_events", "staging_songs", "songplays", "users", "songs", "artists", "time"]
schema = "etl"

create_tables = [
    """
    CREATE TABLE IF NOT EXISTS staging_events (
        event_id        BIGINT IDENTITY(0,1) NOT NULL,
        artist          VARCHAR,
        auth            VARCHAR,
        first_name      VARCHAR,
        gender          CHAR(1),
        item_in_session INTEGER,
        last_name       VARCHAR,
        length          NUMERIC(10,5),
        level           VARCHAR,
        location        VARCHAR,
        method          VARCHAR,
        page            VARCHAR,
        registration    FLOAT,
        session_id      INTEGER NOT NULL SORTKEY DISTKEY,
        song            VARCHAR,
        status          INTEGER,
        ts              TIMESTAMP NOT NULL,
        user_agent      VARCHAR,
        user_id         INTEGER
    )""",
    """
    CREATE TABLE IF NOT EXISTS staging_songs (
        num_songs        INTEGER,
        artist_id        VARCHAR NOT NULL SORTKEY DISTKEY,
        artist_latitude  DECIMAL(9,5),
        artist_longitude DECIMAL(9,5),
        artist_location  VARCHAR(500),
        artist_name      VARCHAR(500),
        song_id          VARCHAR NOT NULL,
        title            VARCHAR(500),
        duration         DECIMAL(9,5),
        year             INTEGER
    )""",
    """
    CREATE TABLE IF NOT EXISTS songplays (
        songplay_id INTEGER IDENTITY(0,1) NOT NULL SORTKEY PRIMARY KEY,
        start_time  TIMESTAMP NOT NULL,
        user_id     INTEGER NOT NULL DISTKEY REFERENCES users(user_id),
        level       VARCHAR(10) NOT NULL,
        song_id     VARCHAR(40),
        artist_id   VARCHAR(50),
        session_id  INTEGER NOT NULL,
        location    VARCHAR(100),
        user_agent  VARCHAR(255)
    )""",
    """
    CREATE TABLE IF NOT EXISTS users (
        user_id    INTEGER NOT NULL SORTKEY PRIMARY KEY,
        first_name VARCHAR(50),
        last_name  VARCHAR(80),
        gender     VARCHAR(10),
        level      VARCHAR(10)
    ) DISTSTYLE ALL""",
    """
    CREATE TABLE IF NOT EXISTS songs (
        song_id   VARCHAR(50) NOT NULL SORTKEY PRIMARY KEY,
        title     VARCHAR(500) NOT NULL,
        artist_id VARCHAR(50) NOT NULL,
        year      INTEGER,
        duration  DECIMAL(9,5)
    )""",
    """
    CREATE TABLE IF NOT EXISTS artists (
        artist_id VARCHAR(50) NOT NULL SORTKEY PRIMARY KEY,
        name      VARCHAR(500),
        location  VARCHAR(500),
        latitude  DECIMAL(9,5),
        longitude DECIMAL(9,5)
    ) DISTSTYLE ALL""",
    """
    CREATE TABLE IF NOT EXISTS time (
        start_time TIMESTAMP NOT NULL DISTKEY SORTKEY PRIMARY KEY,
        hour       SMALLINT,
        day        SMALLINT,
        week       SMALLINT,
        month      SMALLINT,
        year       SMALLINT,
        weekday    SMALLINT
    ) DISTSTYLE KEY""",
]

copy_events = """
    COPY staging_events FROM 's3://{bucket}/log_data'
    CREDENTIALS 'aws_iam_role={role}'
    REGION 'us-west-2'
    FORMAT AS JSON 's3://{bucket}/log_json_path.json'
    TIMEFORMAT AS 'epochmillisecs'
    TRUNCATECOLUMNS BLANKSASNULL EMPTYASNULL
    COMPUPDATE OFF STATUPDATE OFF;
"""

copy_songs = """
    COPY staging_songs
    FROM 's3://{bucket}/song_data'
    IAM_ROLE '{role}'
    FORMAT AS JSON 'auto'
    REGION 'us-west-2'
    ACCEPTINVCHARS AS '^'
    COMPUPDATE OFF;
"""

inserts = [
    """
    INSERT INTO users (user_id, first_name, last_name, gender, level)
    SELECT DISTINCT user_id, first_name, last_name, gender, level
    FROM staging_events
    WHERE page = 'NextSong' AND user_id IS NOT NULL""",
    """
    INSERT INTO songs (song_id, title, artist_id, year, duration)
    SELECT DISTINCT song_id, title, artist_id, year, duration
    FROM staging_songs
    WHERE song_id IS NOT NULL""",
    """
    INSERT INTO artists (artist_id, name, location, latitude, longitude)
    SELECT DISTINCT artist_id, artist_name, artist_location, artist_latitude, artist_longitude
    FROM staging_songs
    WHERE artist_id IS NOT NULL""",
    """
    INSERT INTO songplays (start_time, user_id, level, song_id, artist_id, session_id, location, user_agent)
    SELECT DISTINCT se.ts, se.user_id, se.level, ss.song_id, ss.artist_id, se.session_id, se.location, se.user_agent
    FROM staging_events se
    LEFT JOIN staging_songs ss ON se.song = ss.title AND se.artist = ss.artist_name
    WHERE se.page = 'NextSong'""",
    """
    INSERT INTO time (start_time, hour, day, week, month, year, weekday)
    SELECT DISTINCT start_time,
        EXTRACT(hour FROM start_time),
        EXTRACT(day FROM start_time),
        EXTRACT(week FROM start_time),
        EXTRACT(month FROM start_time),
        EXTRACT(year FROM start_time),
        EXTRACT(dayofweek FROM start_time)
    FROM songplays""",
]


def count(cur, what):
    cur.execute("SELECT COUNT(*) FROM " + what)
    return cur.fetchone()[0]


def build(cur, conn, bucket):
    role = "arn:aws:iam::123456789012:role/dwhRole"
    for table in tables:
        cur.execute("DROP TABLE IF EXISTS " + table)
        conn.commit()
    for statement in create_tables[:2] + create_tables[3:4] + create_tables[2:3] + create_tables[4:]:
        cur.execute(statement)
        conn.commit()
    for statement in [copy_events, copy_songs]:
        cur.execute(statement.format(bucket=bucket, role=role))
        conn.commit()
    for statement in inserts:
        cur.execute(statement)
        conn.commit()


def check_star(cur, events, songs):
    assert count(cur, "staging_events") == events
    assert count(cur, "staging_songs") == songs
    assert count(cur, "songs") == songs
    assert count(cur, "songplays") >= count(cur, "staging_events WHERE page = 'NextSong'") > 0
    assert count(cur, "songplays WHERE song_id IS NOT NULL") > 0
    assert count(cur, "time") == count(cur, "(SELECT DISTINCT start_time FROM songplays)") > 0
    assert count(cur, "users") > 0 and count(cur, "artists") > 0
    assert count(cur, "time WHERE weekday NOT BETWEEN 0 AND 6 OR week NOT BETWEEN 1 AND 53") == 0
    cur.execute('SELECT "column", distkey, sortkey FROM pg_table_def WHERE tablename = %s', ("time",))
    assert ("start_time", True, 1) in cur.fetchall()


def check_parameters(cur, conn):
    texts = ["O'Brien", "back\\slash", "100 %", "%s", '"quoted"', "Sigur Rós ♫ 𝄞", "", "a\nb\tc", None]
    cur.execute("CREATE TEMP TABLE said (id INTEGER, words VARCHAR(64))")
    cur.executemany("INSERT INTO said VALUES (%s, %s)", list(enumerate(texts)))
    cur.execute("SELECT words FROM said ORDER BY id")
    said = [row[0] for row in cur.fetchall()]
    assert said == texts, said
    for text in texts[:-1]:
        cur.execute("SELECT COUNT(*) FROM said WHERE words = %(words)s", {"words": text})
        assert cur.fetchone()[0] == 1, text
    cur.execute("SELECT id FROM said WHERE words LIKE '%%''%%' AND id IN %s", ((0, 1, 2),))
    assert cur.fetchall() == [(0,)]
    conn.commit()


def check_errors(cur, conn, bucket):
    before = count(cur, "staging_songs")
    for statement, code in [
        ("SELECT 1/0", "22012"),
        ("SELECT * FROM nowhere", "42P01"),
        ("INSERT INTO users (first_name) VALUES ('Ada')", "23502"),
        ("COPY staging_songs FROM 's3://%s/nowhere' IAM_ROLE default JSON 'auto'" % bucket, "XX000"),
    ]:
        try:
            cur.execute(statement)
        except psycopg2.Error as error:
            assert error.pgcode == code, error
            conn.rollback()
        else:
            raise AssertionError("not refused: " + statement)
    assert count(cur, "staging_songs") == before


def main():
    host, port, user, database, bucket, events, songs = sys.argv[1:]
    conn = psycopg2.connect(
        "host={} dbname={} user={} password={} port={}".format(host, database, user, "any", port)
    )
    cur = conn.cursor()
    cur.execute("CREATE SCHEMA IF NOT EXISTS " + schema)
    cur.execute("SET search_path TO " + schema)
    conn.commit()
    build(cur, conn, bucket)
    check_star(cur, int(events), int(songs))
    check_parameters(cur, conn)
    check_errors(cur, conn, bucket)
    conn.close()
    print("done")


if __name__ == "__main__":
    main()
