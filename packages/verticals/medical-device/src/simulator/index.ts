import { simulatorOf } from '@yunfab/simulator';
import { steamSterilizer } from '../sterilization/sterilizer.js';
import { createSterilizer, sterilizerFaults } from './sterilizer.js';

export const medicalDeviceSimulator = simulatorOf({ faults: sterilizerFaults, machines: { [steamSterilizer.id]: createSterilizer } });
