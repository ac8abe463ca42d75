import { defineErrors } from '../errors/index.js';

export const filesErrors = defineErrors('files', {
  too_large: {
    status: 413,
    en: 'The file is larger than the {mostBytes} bytes that one file may have here. Split or compress it and upload it again.',
    zh: '文件超过此处单个文件的上限 {mostBytes} 字节。请拆分或压缩后重新上传。',
  },
  empty: {
    status: 422,
    en: 'The file "{name}" holds no bytes. Check what you chose and upload it again.',
    zh: '文件“{name}”没有内容。请检查所选文件后重新上传。',
  },
  hash_mismatch: {
    status: 422,
    en: 'What arrived has the SHA-256 {actual}, but {expected} was announced. Nothing was kept; upload it again.',
    zh: '收到内容的 SHA-256 为 {actual}，与声明的 {expected} 不符。未保存任何内容，请重新上传。',
  },
  range_unsatisfiable: {
    status: 416,
    en: 'The range "{range}" lies outside the file, which has {size} bytes. Ask for a part of it.',
    zh: '请求的范围“{range}”超出文件（共 {size} 字节）。请更正范围。',
  },
  only_parties_attach: {
    status: 403,
    en: 'Your organization may read this record but is no party to it, so it cannot attach files. Ask a party to attach it.',
    zh: '贵企业可以查看此记录，但不是当事方，不能添加附件。请由当事方添加。',
  },
  not_yours: {
    status: 403,
    en: '"{name}" was attached by another organization; only that one replaces or withdraws it. Attach your own file beside it.',
    zh: '“{name}”由其他企业添加，只能由该企业替换或撤下。请另行添加贵企业的文件。',
  },
  superseded: {
    status: 409,
    en: '"{name}" has already been replaced or withdrawn. Read the list of files again.',
    zh: '“{name}”已被替换或撤下。请重新读取附件列表。',
  },
  store_unavailable: {
    status: 503,
    en: 'The file store does not take or give content just now. Nothing was changed; try again shortly.',
    zh: '文件存储暂时无法读写。未作任何更改，请稍后重试。',
  },
  content_missing: {
    status: 503,
    en: 'The content of "{name}" is not in the file store, although it is recorded. Tell the operator of the platform (`yunfab doctor`).',
    zh: '文件“{name}”已有登记，但存储中没有其内容。请联系平台运营方（`yunfab doctor`）。',
  },
});
