/** Tables that an export leaves out, each with its reason; every other table that a request can read is exported. */
export const withheldTables: Readonly<Record<string, string>> = {
  'core.migration': 'which changes of the schema have run; no data of anybody',
  'core.migration_lock': 'a lock of the schema; no data of anybody',
  'core.seal_key': 'a key of the platform',
  'core.organization_registry': 'the public register of all organizations; your own entry is in the manifest',
  'core.idempotency': 'replies of the last day, kept to repeat them; what was done stands in the other tables',
  'core.event_pending': 'events that wait for their number; a moment later they are in core.feed',
  'core.file_blob': 'contents by hash, without an owner; core.file_upload and core.record_file say which are yours',
  'core.supplier_score': 'figures published for everyone: GET /api/scores/{supplier}/published',
  'core.supplier_score_run': 'when the published figures were made; the same for everyone',
  'core.usage_run': 'which days have been counted; the same for everyone',
  'core.device_token_waiting': 'tokens of devices on their way to a broker, sealed; a moment later they are there',
  'telemetry.sample': 'read by equipment and period: GET /api/telemetry/{equipment}.csv',
  'telemetry.last_value': 'the last of each series of telemetry.sample',
  'telemetry.series': 'names of signals, read with the telemetry of the equipment',
  'telemetry.receipt': 'kept a day to reconcile what devices sent',
  'telemetry.unclocked_message': 'kept a moment to tell a resend from a repetition',
  'telemetry.dirty_minute': 'which minutes of telemetry.sample wait to be rolled up',
  'telemetry.marking': 'which minutes of telemetry.sample may be rolled up; no data of anybody',
  'telemetry.watched_series': 'which series the rules for process runs read; core.run_rule says so',
  'telemetry.watch_mark': 'which minutes of telemetry.sample wait to be looked at for process runs',
  'core.run_rule_checkpoint': 'how far telemetry.sample has been read for process runs',
  'telemetry.rollup_minute': 'sums of telemetry.sample',
  'telemetry.rollup_hour': 'sums of telemetry.sample',
  'telemetry.retention': 'from when on telemetry is kept; no data of anybody',
  'telemetry.dead_letter': 'messages that could not be stored: GET /api/v1/dead-letters',
  'telemetry.gateway_process': 'which gateways run and what they have counted of everybody together; no data of anybody',
  'telemetry.quarantine': 'unknown names that knocked: GET /api/v1/quarantine',
  'telemetry.device_event': 'what devices reported; what came of it stands in runs, counts and events',
  'telemetry.device_event_pending': 'reports of devices that wait to be worked on',
  'telemetry.device_status': 'whether a device is connected now',
  'telemetry.gateway_lease': 'which gateway stands behind which session of a broker; no data of anybody',
};

/** Whole schemas that hold nothing of an organization. */
export const withheldSchemas: Readonly<Record<string, string>> = {
  signin: 'sign-ins belong to persons, who may be members of several organizations',
};

/** Columns that open something and tell nothing. */
export const withheldColumns: Readonly<Record<string, readonly string[]>> = {
  'core.badge': ['pin_salt', 'pin_hash'],
};
