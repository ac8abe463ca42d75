import { z } from 'zod';
import { command, query } from '../../commands/index.js';
import type { EquipmentService } from '../service.js';
import {
  acceptDeviceInput,
  acceptedDevice,
  acceptedSignal,
  acceptSignalInput,
  dismissed,
  listQuarantineInput,
  quarantineInput,
  quarantinePage,
  registrationView,
  switchRegistrationInput,
} from './schema.js';
import { acceptDevice, acceptSignal, dismiss, listQuarantine, registrationOf, switchRegistration } from './service.js';

const tags = ['equipment'];

/** `equipment.quarantine.*`. */
export function createQuarantineRouter(service: EquipmentService) {
  return {
    list: query({
      permission: 'equipment.read',
      rest: { method: 'GET', path: '/quarantine', summary: 'List the unknown devices and signals that knocked, newest first', tags },
      input: listQuarantineInput,
      output: quarantinePage,
      run: listQuarantine,
    }),
    acceptSignal: command({
      permission: 'equipment.devices',
      rest: { method: 'POST', path: '/quarantine/{entry}/signal', summary: 'Register an unknown signal and replay what it came in', tags },
      input: acceptSignalInput,
      output: acceptedSignal,
      run: acceptSignal,
    }),
    acceptDevice: command({
      permission: 'equipment.devices',
      rest: {
        method: 'POST',
        path: '/quarantine/{entry}/device',
        summary: 'Register an unknown device and replay what it sent; its token is shown once',
        tags,
      },
      input: acceptDeviceInput,
      output: acceptedDevice,
      secrets: ['token'],
      run: (scope, input) => acceptDevice(service, scope, input),
    }),
    dismiss: command({
      permission: 'equipment.devices',
      rest: {
        method: 'POST',
        path: '/quarantine/{entry}/dismiss',
        summary: 'Forget an unknown device or signal until it knocks again',
        tags,
      },
      input: quarantineInput,
      output: dismissed,
      run: (scope, { entry }) => dismiss(scope, entry),
    }),
    registration: query({
      permission: 'equipment.read',
      rest: {
        method: 'GET',
        path: '/signal-registration',
        summary: 'Read for which equipment unknown signals are registered by themselves',
        tags,
      },
      input: z.object({}),
      output: registrationView,
      run: registrationOf,
    }),
    switchRegistration: command({
      permission: 'equipment.manage',
      rest: { method: 'POST', path: '/signal-registration', summary: 'Switch whether unknown signals are registered by themselves', tags },
      input: switchRegistrationInput,
      output: registrationView,
      run: (scope, input) => switchRegistration(service.models, scope, input),
    }),
  };
}
