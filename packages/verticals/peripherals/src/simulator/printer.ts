import { createNoise, type Machine, type MachineOptions, numberIn, refusal, withReportInterval } from '@yunfab/simulator';
import { reportInterval, statusPages } from '../equipment/printer-commands.js';

const daySeconds = 86_400;
/** m of paper of one receipt. */
const receipt = 0.2;
/** Receipts of a ribbon. */
const supplyOf = 6000;
/** Receipts an hour, by hour of the shop's day (UTC+8). */
const busy = [0, 0, 0, 0, 0, 0, 0, 4, 12, 20, 26, 34, 38, 24, 18, 18, 24, 36, 44, 40, 26, 12, 2, 0];
const shopOffset = 8 * 3600;
const ambient = 26;
/** K that a receipt heats the head by, and s in which it cools. */
const heatOfReceipt = 3.2;
const coolsIn = 240;
const reportEvery = 30;
const restartSeconds = 60;

/** A receipt printer in a shop: receipts come at random with the hours of trade; head, cutter, counters and ribbon follow from them. */
export function createPrinter({ seed, faults }: MachineOptions): Machine {
  const noise = createNoise(seed);
  const active = new Set(faults);
  let pages = 40_000 + Math.floor(20_000 * noise.uniform());
  let cuts = pages;
  let metres = pages * receipt;
  let jams = 3;
  let used = Math.floor(supplyOf * (0.3 + 0.5 * noise.uniform()));
  let head = ambient;
  let second = 0;
  let printedIn = 0;
  let readyAt = 0;

  function print(): void {
    pages++;
    cuts++;
    metres += receipt;
    used = Math.min(supplyOf, used + 1);
    head += heatOfReceipt;
    printedIn = second;
  }

  const empty = () => used >= supplyOf;
  const printing = () => printedIn > 0 && second - printedIn < reportEvery;

  const printer: Machine = {
    cycleSeconds: () => daySeconds,
    setFault(name, on) {
      if (!on || active.has(name)) {
        if (!on) active.delete(name);
        return;
      }
      active.add(name);
      if (name === 'cartridge_swap') used = 0;
      if (name === 'counter_reset') pages = 0;
      if (name === 'paper_jam') jams++;
    },
    commands: {
      print_status_page({ copies = 1 }) {
        const wanted = numberIn({ copies }, 'copies', statusPages);
        if (active.has('paper_jam')) throw refusal('paper is jammed', '卡纸');
        if (empty()) throw refusal('its supply is used up', '耗材已用尽');
        for (let page = 0; page < wanted; page++) print();
        return { pages };
      },
      restart() {
        if (printing()) throw refusal('it prints', '正在打印');
        readyAt = second + restartSeconds;
        return undefined;
      },
    },
    next(ts) {
      second++;
      const hour = Math.floor(((((ts / 1000 + shopOffset) % daySeconds) + daySeconds) % daySeconds) / 3600);
      const stopped = active.has('paper_jam') || empty() || second < readyAt;
      if (!stopped && noise.uniform() < (busy[hour] as number) / 3600) print();
      head += (ambient - head) / coolsIn;
      if (second % reportEvery !== 0) return { values: null, events: [] };
      return {
        values: {
          page_count: pages,
          supply_level: Math.ceil((1 - used / supplyOf) * 100),
          head_temperature: Number((head + 0.2 * noise.gauss()).toFixed(1)),
          head_distance: Number((metres / 1000).toFixed(3)),
          cutter_count: cuts,
          jam_count: jams,
          status: statusOf({ jammed: active.has('paper_jam'), empty: empty(), printing: printing() }),
        },
        events: [],
      };
    },
  };
  return withReportInterval(printer, reportInterval);
}

function statusOf({ jammed, empty, printing }: { readonly jammed: boolean; readonly empty: boolean; readonly printing: boolean }): string {
  if (jammed) return 'paper_jam';
  if (empty) return 'supply_end';
  return printing ? 'printing' : 'idle';
}
