import type { Family } from '../case'
import { gives, isCalled, isOfType, refuses } from '../gives'

export default {
  given: ['create table t (a int, b varchar(5))', 'create view v as select b, a + 1 as c from t'],
  cases: [
    ...gives('docs r_System_information_functions', {
      'select current_user = user, session_user = current_user': ['t', 't'],
      'select current_user_id = usesysid from pg_user where usename = current_user': 't',
      'select current_database() is not null, current_schema() is not null': ['t', 't'],
      'select len(current_namespace) > 0, len(current_aws_account) > 0': ['t', 't'],
      'select db_collation()': 'case_sensitive',
      "select version() like 'PostgreSQL 8.0.2 on %Redshift 1.0.%', pg_backend_pid() > 0": [
        't',
        't',
      ],
    }),
    {
      sql: "select col_name, col_type, col_num from pg_get_cols('v')",
      rows: [
        ['b', 'character varying(5)', '1'],
        ['c', 'integer', '2'],
      ],
      fact: 'docs PG_GET_COLS',
    },
    ...isCalled('docs r_CURRENT_USER, r_USER, r_VERSION', {
      'select user, current_user, version(), current_user_id, current_namespace': [
        'current_user',
        'current_user',
        'version',
        'current_user_id',
        'current_namespace',
      ],
      'select current_database(), current_schema(), current_aws_account': [
        'current_database',
        'current_schema',
        'current_aws_account',
      ],
    }),
    ...isOfType('docs r_CURRENT_USER_ID', { 'select current_user_id': 'int4' }),
    ...refuses('docs r_System_administration_functions: not carried out', {
      "select change_query_priority(1, 'low')": [
        '0A000',
        'CHANGE_QUERY_PRIORITY is not carried out by the local Redshift.',
      ],
      "select change_session_priority(1, 'low')": ['0A000'],
      "select change_user_priority('a', 'low')": ['0A000'],
      "select pg_get_iam_role_by_user('a')": ['0A000'],
      "select pg_get_grantee_by_iam_role('a')": ['0A000'],
      "select has_assumerole_privilege('a', 'default', 'copy')": ['0A000'],
      'select default_iam_role()': ['0A000'],
      'select last_user_query_id()': ['0A000'],
      "select collate('a', 'case_insensitive')": ['0A000'],
    }).map((one) => ({ ...one, localOnly: true as const })),
    ...refuses('a function that there is not', {
      'select no_such_function(1)': ['42883', 'function no_such_function(integer) does not exist'],
      'select isnull(1, 2)': ['42883', 'function isnull(integer, integer) does not exist'],
    }),
  ],
} satisfies Family
