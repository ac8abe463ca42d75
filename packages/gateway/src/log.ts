/** What the gateway needs of a logger; pino has it. */
export interface GatewayLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export const silentLog: GatewayLog = { info() {}, warn() {}, error() {} };
