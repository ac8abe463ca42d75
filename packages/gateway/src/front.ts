/** Where messages come in: the embedded broker, or a link to one outside. */
export interface Front {
  start(): Promise<{ readonly mqttUrl: string }>;
  /** No message is taken after this; what was taken may still be settled. */
  stopReading(): Promise<void>;
  stop(): Promise<void>;
}
