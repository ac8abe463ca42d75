/** What the platform says to a device, by topic. */
export type DownlinkChannel = 'command' | 'config';

/** A message of the platform to a device. */
export interface Downlink {
  /** `{organization}/{device}`. */
  readonly device: string;
  readonly channel: DownlinkChannel;
  readonly payload: string;
  /** Unix ms; a broker need not keep it for longer. Null: it keeps it as the newest, for whoever comes. */
  readonly expiresAt: number | null;
}

/** Where messages come in and those to devices go out: the embedded broker, or a link to one outside. */
export interface Front {
  start(): Promise<{ readonly mqttUrl: string }>;
  /** Devices that listen here now; null: any may, the broker knows. */
  readers(channel: DownlinkChannel): readonly string[] | null;
  /** Resolves with whether it was given to the device, or taken by a broker that will; rejects when nobody can say. */
  send(downlink: Downlink): Promise<boolean>;
  /** No message is taken after this; what was taken may still be settled. */
  stopReading(): Promise<void>;
  stop(): Promise<void>;
  /** Why it takes no messages now; null when it does. */
  problem(): string | null;
}

/** Told that a device (`{organization}/{device}`) has come (back) and listens; null: to whatever it listens to. */
export type OnReader = (device: string, channel: DownlinkChannel | null) => void;
