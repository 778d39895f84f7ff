import type { Family } from '../case'

// What clients ask the catalog, cut down to what is special about it.
const typeorm = 'typeorm/typeorm, src/driver/postgres/PostgresQueryRunner.ts'
const alchemy = 'sqlalchemy-redshift/sqlalchemy-redshift 0.8.14, sqlalchemy_redshift/dialect.py'
const connector = 'aws/amazon-redshift-python-driver, redshift_connector/cursor.py'
const dbt = 'dbt-labs/dbt-adapters, dbt-redshift/src/dbt/include/redshift/macros'
const dbeaver = 'dbeaver/dbeaver, org.jkiss.dbeaver.ext.postgresql, PostgreSchema.java, by memory'
const admin = 'awslabs/amazon-redshift-utils, src/AdminViews'

export default {
  given: [
    'create table artist (id int primary key, name varchar(40) not null) diststyle all',
    'create table song (id bigint identity(1, 1), artist int references artist (id), ' +
      "title varchar(100) default 'x', at timestamp, unique (title, artist)) distkey (artist) sortkey (at)",
    'create view songs as select id, title from song',
    "comment on table song is 'one row per song'",
  ],
  cases: [
    {
      sql: `select c.relkind, n.nspname as "schema", c.relname,
          case c.reldiststyle when 0 then 'EVEN' when 1 then 'KEY' when 8 then 'ALL' end as "diststyle",
          trim(trailing ';' from pg_catalog.pg_get_viewdef(c.oid, true)) as "view_definition",
          pg_catalog.array_to_string(c.relacl, '\n') as "privileges"
        from pg_catalog.pg_class c left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          join pg_catalog.pg_user u on u.usesysid = c.relowner
        where c.relkind in ('r', 'v', 'm', 'S', 'f') and n.nspname !~ '^pg_' and schema = current_schema()
        union
        select 'r' as "relkind", s.schemaname as "schema", t.tablename as "relname", null as "diststyle",
          null as "view_definition", null as "privileges"
        from svv_external_tables t join svv_external_schemas s on s.schemaname = t.schemaname
        where 1 and schema = 'public'
        order by "relkind", "schema", relname`,
      columns: ['relkind', 'schema', 'relname', 'diststyle', 'view_definition', 'privileges'],
      fact: `${alchemy}: an alias in WHERE, and a number as a condition`,
    },
    {
      sql: `select att.attname as "name", format_encoding(att.attencodingtype::integer) as "encode",
          format_type(att.atttypid, att.atttypmod) as "type", att.attisdistkey as "distkey",
          att.attsortkeyord as "sortkey", att.attnotnull as "notnull", adsrc is null as "plain"
        from pg_catalog.pg_class c left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          join pg_catalog.pg_attribute att on att.attrelid = c.oid
          left join pg_catalog.pg_attrdef ad on (att.attrelid, att.attnum) = (ad.adrelid, ad.adnum)
        where n.nspname = current_schema() and c.relname = 'song' and attnum > 0 and not att.attisdropped
        order by att.attnum`,
      rows: [
        ['id', 'az64', 'bigint', 'f', '0', 't', 'f'],
        ['artist', 'az64', 'integer', 't', '0', 'f', 't'],
        ['title', 'lzo', 'character varying(100)', 'f', '0', 'f', 'f'],
        ['at', 'none', 'timestamp without time zone', 'f', '1', 'f', 't'],
      ],
      fact: alchemy,
    },
    {
      sql: `select t.contype, t.conname, t.conkey, a.attname,
          pg_catalog.pg_get_constraintdef(t.oid, true)::varchar(512) as condef
        from pg_catalog.pg_class c left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          join pg_catalog.pg_constraint t on t.conrelid = c.oid
          join pg_catalog.pg_attribute a on t.conrelid = a.attrelid and a.attnum = any (t.conkey)
        where n.nspname = current_schema() and c.relname = 'song' order by t.conname, a.attnum`,
      rows: [
        ['f', 'song_artist_fkey', '{2}', 'artist', 'FOREIGN KEY (artist) REFERENCES artist(id)'],
        ['u', 'song_title_key', '{3,2}', 'artist', 'UNIQUE (title, artist)'],
        ['u', 'song_title_key', '{3,2}', 'title', 'UNIQUE (title, artist)'],
      ],
      fact: alchemy,
    },
    { sql: 'select * from current_database()', rows: [['dev']], fact: typeorm },
    { sql: 'select * from current_schema() limit 0', columns: ['current_schema'], fact: typeorm },
    {
      sql: `select columns.column_name,
          pg_catalog.col_description((quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass::oid,
            ordinal_position) as description,
          ('"' || "udt_schema" || '"."' || "udt_name" || '"')::"regtype"::text as "regtype",
          pg_catalog.format_type("col_attr"."atttypid", "col_attr"."atttypmod") as "format_type"
        from "information_schema"."columns"
          left join "pg_catalog"."pg_attribute" as "col_attr" on "col_attr"."attname" = "columns"."column_name"
            and "col_attr"."attrelid" = (select "cls"."oid" from "pg_catalog"."pg_class" as "cls"
              left join "pg_catalog"."pg_namespace" as "ns" on "ns"."oid" = "cls"."relnamespace"
              where "cls"."relname" = "columns"."table_name" and "ns"."nspname" = "columns"."table_schema")
        where "table_schema" = current_schema() and "table_name" = 'artist' order by 1`,
      rows: [
        ['id', null, 'integer', 'integer'],
        ['name', null, 'character varying', 'character varying(40)'],
      ],
      fact: typeorm,
    },
    {
      sql: `select "cnst"."conname" as "constraint_name", pg_get_constraintdef("cnst"."oid") as "expression",
          case "cnst"."contype" when 'p' then 'PRIMARY' when 'u' then 'UNIQUE' when 'c' then 'CHECK' end as "kind",
          "a"."attname" as "column_name"
        from "pg_constraint" "cnst" inner join "pg_class" "t" on "t"."oid" = "cnst"."conrelid"
          inner join "pg_namespace" "ns" on "ns"."oid" = "cnst"."connamespace"
          left join "pg_attribute" "a" on "a"."attrelid" = "cnst"."conrelid" and "a"."attnum" = any ("cnst"."conkey")
        where "t"."relkind" in ('r', 'p') and "ns"."nspname" = current_schema() and "t"."relname" = 'artist'`,
      rows: [['artist_pkey', 'PRIMARY KEY (id)', 'PRIMARY', 'id']],
      fact: typeorm,
    },
    {
      sql: `select "con"."conname", "att2"."attname" as "column_name", "cl"."relname", "att"."attname", "con"."deltype"
        from (select unnest("con1"."conkey") as "parent", unnest("con1"."confkey") as "child", "con1"."confrelid",
            "con1"."conrelid", "con1"."conname",
            case "con1"."confdeltype" when 'a' then 'NO ACTION' when 'c' then 'CASCADE' end as "deltype"
          from "pg_class" "cl" inner join "pg_namespace" "ns" on "cl"."relnamespace" = "ns"."oid"
            inner join "pg_constraint" "con1" on "con1"."conrelid" = "cl"."oid"
          where "con1"."contype" = 'f' and "ns"."nspname" = current_schema() and "cl"."relname" = 'song') "con"
          inner join "pg_attribute" "att" on "att"."attrelid" = "con"."confrelid" and "att"."attnum" = "con"."child"
          inner join "pg_class" "cl" on "cl"."oid" = "con"."confrelid" and "cl"."relispartition" = 'f'
          inner join "pg_attribute" "att2" on "att2"."attrelid" = "con"."conrelid" and "att2"."attnum" = "con"."parent"`,
      rows: [['song_artist_fkey', 'artist', 'artist', 'id', 'NO ACTION']],
      localOnly: true,
      fact: `${typeorm}; UNNEST is of a PostgreSQL later than 8.0`,
    },
    {
      sql: `select "i"."relname" from "pg_class" "t" inner join "pg_index" "ix" on "ix"."indrelid" = "t"."oid"
          inner join "pg_attribute" "a" on "a"."attrelid" = "t"."oid" and "a"."attnum" = any ("ix"."indkey")
          inner join "pg_class" "i" on "i"."oid" = "ix"."indexrelid"
          inner join "pg_am" "am" on "i"."relam" = "am"."oid"
          left join "pg_constraint" "cnst" on "cnst"."conname" = "i"."relname"
        where "t"."relname" = 'song' and "cnst"."contype" is null`,
      rows: [],
      fact: `${typeorm}: an index that no key makes, of which there are none`,
    },
    {
      sql: `select ct.relname as table_name, a.attname as column_name, a.attnum as key_seq, ci.relname as pk_name
        from pg_catalog.pg_namespace n, pg_catalog.pg_class ct, pg_catalog.pg_class ci, pg_attribute a,
          pg_catalog.pg_index i
        where ct.oid = i.indrelid and ci.oid = i.indexrelid and a.attrelid = ci.oid and i.indisprimary
          and ct.relnamespace = n.oid and n.nspname = current_schema()`,
      rows: [['artist', 'id', '1', 'artist_pkey']],
      fact: `${connector}: get_primary_keys`,
    },
    {
      sql: `select p.proname, case p.prokind when 'f' then 2 when 'p' then 1 else 0 end as procedure_type,
          p.proname || '_' || p.prooid = '' as specific
        from pg_catalog.pg_namespace n, pg_catalog.pg_proc_info p
          left join pg_catalog.pg_description d on (p.prooid = d.objoid)
        where p.pronamespace = n.oid and n.nspname = 'pg_catalog' and p.proname = 'len' limit 1`,
      rows: [['len', '2', 'f']],
      fact: `${connector}: get_procedures`,
    },
    {
      sql: `with late_binding as (
          select table_schema, table_name, 'LATE BINDING VIEW'::varchar as table_type, column_name, column_index
          from pg_get_late_binding_view_cols() cols (table_schema name, table_name name, column_name name,
            column_type varchar, column_index int)
          where (upper(table_schema) = upper('nowhere'))
        ), early_binding as (
          select sch.nspname as table_schema, tbl.relname as table_name,
            case when tbl.relkind = 'v' then 'VIEW' else 'BASE TABLE' end as table_type, col.attname as column_name,
            col.attnum as column_index
          from pg_catalog.pg_namespace sch join pg_catalog.pg_class tbl on tbl.relnamespace = sch.oid
            join pg_catalog.pg_attribute col on col.attrelid = tbl.oid
          where tbl.relkind in ('r', 'v', 'f', 'p') and col.attnum > 0 and not col.attisdropped
            and sch.nspname = current_schema() and tbl.relname like 'song%'
        ), unioned as (select * from early_binding union all select * from late_binding),
        table_owners as (
          select schemaname as table_schema, tablename as table_name, tableowner as table_owner from pg_tables
          union all
          select schemaname as table_schema, viewname as table_name, viewowner as table_owner from pg_views
        )
        select table_name, table_type, column_name, table_owner
        from unioned join table_owners using (table_schema, table_name) order by table_name, "column_index"`,
      rows: [
        ['song', 'BASE TABLE', 'id', 'awsuser'],
        ['song', 'BASE TABLE', 'artist', 'awsuser'],
        ['song', 'BASE TABLE', 'title', 'awsuser'],
        ['song', 'BASE TABLE', 'at', 'awsuser'],
        ['songs', 'VIEW', 'id', 'awsuser'],
        ['songs', 'VIEW', 'title', 'awsuser'],
      ],
      fact: `${dbt}/catalog`,
    },
    {
      sql: "select has_table_privilege(current_user, 'svv_table_info', 'SELECT') as can_select",
      rows: [['t']],
      fact: `${dbt}/catalog`,
    },
    {
      sql: `select table_catalog as database, table_name as name, 'table' as type from information_schema.tables
        where table_schema ilike current_schema() and table_type = 'BASE TABLE'
        union all
        select table_catalog as database, table_name as name, case when view_definition ilike '%create materialized view%'
          then 'materialized_view' else 'view' end as type
        from information_schema.views where table_schema ilike current_schema() order by 2`,
      rows: [
        ['dev', 'artist', 'table'],
        ['dev', 'song', 'table'],
        ['dev', 'songs', 'view'],
      ],
      fact: `${dbt}/adapters.sql: list_relations_without_caching`,
    },
    {
      sql: `select n.nspname, d.description from pg_catalog.pg_namespace n
          left outer join pg_catalog.pg_description d
            on d.objoid = n.oid and d.objsubid = 0 and d.classoid = 'pg_namespace'::regclass
        where n.nspname in ('pg_catalog', 'redshift_catalog') order by nspname`,
      rows: [['pg_catalog', 'system catalog schema']],
      fact: dbeaver,
    },
    {
      sql: `select c.relname, d.description, pg_catalog.pg_get_expr(c.relpartbound, c.oid) as partition_expr
        from pg_catalog.pg_class c left outer join pg_catalog.pg_description d
            on d.objoid = c.oid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind not in ('i', 'I', 'c') order by 1`,
      rows: [
        ['artist', null, null],
        ['song', 'one row per song', null],
        ['songs', null, null],
      ],
      localOnly: true,
      fact: `${dbeaver}; relpartbound is of a PostgreSQL later than 8.0`,
    },
    {
      sql: `select a.attname, pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) as def_value, dsc.description
        from pg_catalog.pg_attribute a inner join pg_catalog.pg_class c on (a.attrelid = c.oid)
          left outer join pg_catalog.pg_attrdef ad on (a.attrelid = ad.adrelid and a.attnum = ad.adnum)
          left outer join pg_catalog.pg_description dsc on (c.oid = dsc.objoid and a.attnum = dsc.objsubid)
        where not a.attisdropped and c.relkind not in ('i', 'I', 'c') and c.oid = 'song'::regclass and a.attnum > 2
        order by a.attnum`,
      rows: [
        ['title', "'x'::character varying", null],
        ['at', null, null],
      ],
      fact: dbeaver,
    },
    {
      sql: `select sum(case when c.relname = 'song' then 1 else 0 end), count(*) = count(k.key)
        from pg_class c left join pg_conf k on k.key like '%never%' where c.relkind = 'x'`,
      rows: [[null, 't']],
      fact: `${admin}/v_generate_tbl_ddl.sql: pg_conf`,
    },
    {
      sql: "select procpid, trim(current_query) <> '' from pg_stat_activity where procpid = pg_backend_pid() and procpid < 0",
      rows: [],
      fact: `${admin}/v_check_transaction_locks.sql: the columns of PostgreSQL 8.0`,
    },
    {
      sql: "select count(*) from pg_catalog.pg_attribute_info a where a.attrelid = 'song'::regclass and a.attnum > 0",
      rows: [['4']],
      fact: `${admin}/v_generate_user_grant_revoke_ddl.sql`,
    },
    {
      sql: "select datname, datconnlimit from pg_catalog.pg_database_info where datname = 'dev'",
      rows: [['dev', 'UNLIMITED']],
      fact: `${admin}/v_generate_database_ddl.sql`,
    },
  ],
} satisfies Family
