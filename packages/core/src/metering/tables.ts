import type { OrganizationId } from '../database/index.js';
import type { UsageMetric } from './metrics.js';

export type MeteringTables = {
  usage_day: { organization: OrganizationId; day: string; metric: UsageMetric; key: string; value: string; counted_at: Date };
  usage_run: { day: string; counted_at: Date };
  usage_month: { organization: OrganizationId; month: string; previous_hash: string; hash: string; line_count: number; closed_at: Date };
  usage_line: {
    organization: OrganizationId;
    month: string;
    position: number;
    metric: UsageMetric;
    key: string;
    value: string;
    correction: boolean;
    reason: string | null;
    written_at: Date;
  };
};
