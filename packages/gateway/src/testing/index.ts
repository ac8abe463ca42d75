export { freePort, type Mosquitto, startMosquitto, withoutMosquitto } from './mosquitto.js';
