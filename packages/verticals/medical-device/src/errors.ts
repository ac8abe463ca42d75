import { defineErrors } from '@yunfab/core/errors';

export const medicalDeviceErrors = defineErrors('medical-device', {
  program_taken: {
    status: 409,
    en: 'There is already a sterilization program "{code}". Choose another code; programs are not changed, because cycles were judged by them.',
    zh: '已有灭菌程序“{code}”。请另选编号；程序不可修改，因为已有周期据此评定。',
  },
});
