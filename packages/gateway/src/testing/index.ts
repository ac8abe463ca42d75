export {
  freePort,
  type Mosquitto,
  startMosquitto,
  startSecuredMosquitto,
  withoutDynamicSecurity,
  withoutMosquitto,
} from './mosquitto.js';
