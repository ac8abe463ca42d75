import { createClient } from '@yunfab/sdk';

/** Consoles in a process of their own: each a client with its own connection that watches one piece of equipment. */
export interface SubscriberOrder {
  readonly url: string;
  readonly apiKey: string;
  /** One subscriber each. */
  readonly equipment: readonly string[];
}

export type ToSubscriber =
  | { readonly kind: 'open'; readonly order: SubscriberOrder }
  | { readonly kind: 'take' }
  | { readonly kind: 'stop' };
export type FromSubscriber =
  | { readonly kind: 'ready' }
  /** Since last asked: the age of every value on its arrival in ms, and how many updates brought them. */
  | { readonly kind: 'taken'; readonly ages: Float64Array; readonly updates: number };

let ages: number[] = [];
let updates = 0;
const say = (message: FromSubscriber) => process.send?.(message);

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToSubscriber) => {
  if (message.kind === 'stop') process.exit(0);
  if (message.kind === 'take') {
    say({ kind: 'taken', ages: Float64Array.from(ages), updates });
    ages = [];
    updates = 0;
  } else if (message.kind === 'open') open(message.order);
});

/** Ready when each has had a first update. */
function open({ url, apiKey, equipment }: SubscriberOrder): void {
  let silent = equipment.length;
  for (const id of equipment) {
    let heard = false;
    createClient({ url, apiKey }).live.telemetry({ equipment: id }, (values) => {
      const now = Date.now();
      updates += 1;
      for (const points of Object.values(values)) for (const [ts] of points) ages.push(now - ts);
      if (heard) return;
      heard = true;
      silent -= 1;
      if (silent === 0) say({ kind: 'ready' });
    });
  }
}
