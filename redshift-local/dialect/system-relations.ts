import { wordSet } from './names'

/** Relations of Redshift's that show what its sessions ran: the server tells the engine of it (catalog/statement-log.ts). */
const ofStatements = wordSet(
  'stl_query stl_querytext stl_ddltext stl_utilitytext stl_wlm_query stv_inflight stv_recents ' +
    'stv_wlm_query_state svl_qlog svl_statementtext svv_query_inflight sys_query_history sys_query_text',
)

/** Whether a word may name a relation that shows what sessions ran. */
export function isOfStatements(name: string): boolean {
  return ofStatements.has(name)
}

/** The system relations of Redshift that the local one has not, by their prefixes. */
const notKept: Record<string, string> = {
  stl:
    'aggr alert_event_log analyze analyze_compression bcast commit_stats connection_log ' +
    'delete disk_full_diag dist error explain file_scan hash hashjoin insert limit merge ' +
    'mergejoin mv_state nestloop parse plan_info project query_metrics replacements ' +
    'restarted_sessions return s3client s3client_error save scan schema_quota_violations ' +
    'sessions sort sshclient_error stream_segs tr_conflict undone unique ' +
    'usage_control userlog vacuum window wlm_error wlm_rule_action',
  stv:
    'active_cursors cursor_configuration db_isolation_level exec_state load_state locks ' +
    'ml_model_info mv_deps mv_info node_storage_capacity partitions query_metrics ' +
    'startup_recovery_state tbl_trans wlm_classification_config wlm_qmr_config ' +
    'wlm_query_queue_state wlm_query_task_state wlm_service_class_config ' +
    'wlm_service_class_state xrestore_alter_queue_state',
  svcs:
    'alert_event_log compile concurrency_scaling_usage explain plan_info query_summary ' +
    's3list s3log s3partition_summary s3query_summary stream_segs',
  svl:
    'auto_worker_action compile datashare_change_log datashare_cross_region_usage ' +
    'datashare_usage_consumer datashare_usage_producer federated_query ' +
    'multi_statement_violations mv_refresh_status qerror query_metrics ' +
    'query_metrics_summary query_queue_info query_report query_summary ' +
    'restore_alter_table_progress s3list s3log s3partition s3partition_summary s3query ' +
    's3query_summary s3retries spatial_simplify spectrum_scan_error stored_proc_call ' +
    'stored_proc_messages terminate udf_log user_info vacuum_percentage',
  svv:
    'alter_table_recommendations attached_masking_policy copy_job_integrations ' +
    'datashare_consumers datashare_objects datashare_privileges datashares ' +
    'function_privileges iam_privileges identity_providers integration ' +
    'integration_table_mapping integration_table_state interleaved_columns ' +
    'language_privileges masking_policy ml_model_info ml_model_privileges mv_dependency ' +
    'mv_info query_state rls_applied_policy rls_attached_policy rls_policy rls_relation ' +
    'schema_quota_state vacuum_progress vacuum_summary',
  sys:
    'analyze_compression_history analyze_history applied_masking_policy_log ' +
    'automatic_optimization child_query_text connection_log copy_job copy_job_detail ' +
    'copy_job_info copy_replacements datashare_change_log datashare_cross_region_usage ' +
    'datashare_usage_consumer datashare_usage_producer external_query_detail ' +
    'external_query_error integration_activity integration_table_activity ' +
    'integration_table_state_change mv_refresh_history mv_state procedure_call ' +
    'procedure_messages query_detail query_explain restore_log restore_state ' +
    'schema_quota_violations serverless_usage session_history spatial_simplify ' +
    'stream_scan_errors stream_scan_states transaction_history udf_log ' +
    'undone_transactions userlog vacuum_history',
}

/** The names of the system relations that the AWS documentation describes and the local Redshift does not keep. */
export const relationsNotKept = new Set(
  Object.entries(notKept).flatMap(([prefix, names]) =>
    names.split(' ').map((name) => `${prefix}_${name}`),
  ),
)
