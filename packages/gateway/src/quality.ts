/** OPC DA quality (OPC Data Access 3.0, 6.8) of a stored value; the lowest that applies is kept. */
export const quality = {
  good: 192,
  /** Outside the range that the model gives for the signal ("engineering units exceeded"). */
  outOfRange: 84,
  /** The device's clock is off by more than the accepted skew ("sensor not accurate"); the time is kept as it was sent. */
  clockDoubtful: 80,
  /** The message had no time: the gateway's time of receipt ("uncertain"). */
  receiptTime: 64,
} as const;
