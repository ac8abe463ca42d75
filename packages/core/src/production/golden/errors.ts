import { defineErrors } from '../../errors/index.js';

export const goldenRunErrors = defineErrors('golden_runs', {
  none_declared: {
    status: 404,
    en: 'No golden run is declared for equipment model "{model}" and program "{program}". Declare one, or name a run to compare with.',
    zh: '设备型号“{model}”、程序“{program}”尚未指定标杆过程。请先指定，或选择要对比的过程。',
  },
  model_differs: {
    status: 422,
    en: 'Run "{run}" is of equipment model "{model}", the other of "{other}". Only runs of one model can be compared.',
    zh: '过程“{run}”的设备型号为“{model}”，另一过程为“{other}”。只能对比同一型号的过程。',
  },
  not_started: {
    status: 409,
    en: 'The start of run "{run}" is not known yet, so it cannot be laid on another. Wait until its start has come.',
    zh: '过程“{run}”的开始尚未上报，无法对齐比较。请等待其开始上报。',
  },
  signal_unknown: {
    status: 422,
    en: 'Run "{run}" has no numbers of a signal "{signal}". It has: {known}.',
    zh: '过程“{run}”没有信号“{signal}”的数值。现有信号：{known}。',
  },
  too_many_samples: {
    status: 422,
    en: 'Run "{run}" has more than {most} samples; so long a run is not compared sample by sample. Compare shorter runs, or read both by equipment.telemetry.aggregate.',
    zh: '过程“{run}”的采样超过 {most} 个，无法逐点对比。请对比较短的过程，或用 equipment.telemetry.aggregate 读取两者。',
  },
  already_retired: {
    status: 409,
    en: 'This golden run has not been in force since {at}.',
    zh: '该标杆过程自 {at} 起已失效。',
  },
});
