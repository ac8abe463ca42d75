export { type EmqxApi, emqxApi, emqxKeys } from './emqx-api.js';
export {
  freePort,
  type Mosquitto,
  startMosquitto,
  startSecuredMosquitto,
  withoutDynamicSecurity,
  withoutMosquitto,
} from './mosquitto.js';
