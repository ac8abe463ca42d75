import type { Given, Machine, MachineSecond } from './machine.js';
import { numberIn, refusal } from './refusal.js';

/**
 * Lets a machine be told by the setting `report_interval`, s, how often it sends its samples; each then holds what every signal
 * read last. Without the setting it sends as it does by itself.
 */
export function withReportInterval(machine: Machine, limits: { readonly low: number; readonly high: number }): Machine {
  let interval = 0;
  let since = 0;
  let read: MachineSecond['values'] = null;
  return {
    ...machine,
    configure({ report_interval, ...strange }: Given) {
      const [other] = Object.keys(strange);
      if (other !== undefined) throw refusal(`"${other}" cannot be set on this machine`, `本机不能设置“${other}”`);
      interval = report_interval === undefined ? 0 : numberIn({ report_interval }, 'report_interval', limits);
      return interval === 0 ? {} : { report_interval: interval };
    },
    next(ts) {
      const second = machine.next(ts);
      if (second.values) read = { ...read, ...second.values };
      since += 1;
      if (since < interval) return { ...second, values: null };
      const values = read;
      since = 0;
      read = null;
      return { ...second, values };
    },
  };
}
