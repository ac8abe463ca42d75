/** A device of the bench publishes `v0` to `v9`. */
export const signalsOfDevice = 10;

/** What a device connects with. */
export interface BenchDevice {
  readonly equipment: string;
  readonly username: string;
  readonly token: string;
}
