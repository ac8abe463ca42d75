import { defineErrors, type ErrorDefinition } from '../errors/index.js';
import { type ChangeObstacle, changeObstacles, changeObstacleWords } from './changes/states.js';

const obstacleErrors = Object.fromEntries(
  changeObstacles.map((obstacle) => [obstacle, { status: 409, ...changeObstacleWords[obstacle] }]),
) as Record<ChangeObstacle, ErrorDefinition>;

export const engineeringErrors = defineErrors('engineering', {
  ...obstacleErrors,
  version_stale: {
    status: 409,
    en: 'It is at version {current}, but the request was made from version {sent}. Read it again and repeat the change.',
    zh: '当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  not_the_owner: {
    status: 403,
    en: 'Only the owner of "{what}" may change it; your organization reads it. Ask the owner.',
    zh: '只有“{what}”的所有方可以更改它，您的企业只能查阅。请联系所有方。',
  },
  wrong_state: {
    status: 409,
    en: 'Revision {what} is {stateEn}; "{moveEn}" is not possible then. Copy it to a new draft to change it.',
    zh: '版次 {what} 的状态为“{stateZh}”，不能执行“{moveZh}”。如需更改，请复制为新的草稿。',
  },
  number_taken: {
    status: 409,
    en: 'Your organization already uses the item number "{number}". Choose another number.',
    zh: '您的企业已使用物料编号“{number}”。请换一个编号。',
  },
  label_taken: {
    status: 409,
    en: 'Item "{item}" already has a revision "{label}". Choose another label.',
    zh: '物料“{item}”已有版次“{label}”。请换一个版次号。',
  },
  kind_unknown: {
    status: 422,
    en: 'There is no kind of item "{kind}". Use part, assembly, material, tool, document or a kind of an industry.',
    zh: '没有物料类别“{kind}”。请使用 part、assembly、material、tool、document 或行业定义的类别。',
  },
  kind_unit: {
    status: 422,
    en: 'Items of the kind "{kind}" are counted in {expected}, not in {unit}. Correct the unit.',
    zh: '类别“{kind}”的物料按 {expected} 计量，而非 {unit}。请更正单位。',
  },
  kind_specification: {
    status: 422,
    en: 'Revisions of the kind "{kind}" are specified by "{expected}", not by "{schema}". Correct the schema.',
    zh: '类别“{kind}”的版次使用规格“{expected}”，而非“{schema}”。请更正。',
  },
  item_unknown: {
    status: 422,
    en: '{field}: there is no item "{item}" that your organization may see. Check the id.',
    zh: '{field}：没有您的企业可见的物料“{item}”。请检查编号。',
  },
  revision_unknown: {
    status: 422,
    en: '{field}: that item has no revision "{revision}" that your organization may see. Check the id.',
    zh: '{field}：该物料没有您的企业可见的版次“{revision}”。请检查编号。',
  },
  position_taken: {
    status: 422,
    en: '{field}: the position {position} is there twice. Give every line and operation its own.',
    zh: '{field}：位置 {position} 重复。每一行、每道工序须有各自的位置。',
  },
  unit_differs: {
    status: 422,
    en: '{field}: item "{item}" is counted in {expected}, the line says {unit}. Give the quantity in {expected}.',
    zh: '{field}：物料“{item}”按 {expected} 计量，而该行为 {unit}。请按 {expected} 填写数量。',
  },
  designator_twice: {
    status: 422,
    en: '{field}: the reference designator "{designator}" is used twice in this revision. A place holds one component.',
    zh: '{field}：位号“{designator}”在此版次中重复。一个位号只能对应一个元件。',
  },
  designators_count: {
    status: 422,
    en: '{field}: {count} reference designators for a quantity of {quantity}. Name one for each piece.',
    zh: '{field}：数量为 {quantity}，却有 {count} 个位号。请为每件各列一个位号。',
  },
  alternate_is_item: {
    status: 422,
    en: '{field}: "{item}" is its own alternate or is named twice. Name other items.',
    zh: '{field}：“{item}”与主料相同或重复。请填写其他物料。',
  },
  bom_cycle: {
    status: 409,
    en: 'An item cannot be made of itself: {path}. Take out the line that closes the circle.',
    zh: '物料不能由其自身构成：{path}。请删除形成循环的行。',
  },
  bom_too_large: {
    status: 422,
    en: 'The structure has more than {most} places or {deepest} levels. Explode a part of it.',
    zh: '结构超过 {most} 个位置或 {deepest} 层。请展开其中一部分。',
  },
  component_not_released: {
    status: 409,
    en: 'Revision {what} fixes revision {component}, which is {stateEn}. Release that first or take the fixed revision out.',
    zh: '版次 {what} 固定引用了版次 {component}，其状态为“{stateZh}”。请先发布该版次或取消固定引用。',
  },
  under_change: {
    status: 409,
    en: 'Revision {what} belongs to the engineering change {change}, which decides about it. Release, reject or cancel the change.',
    zh: '版次 {what} 属于工程变更 {change}，由该变更决定。请发布、驳回或取消该变更。',
  },
  change_number_taken: {
    status: 409,
    en: 'Your organization already has an engineering change "{number}". Choose another number.',
    zh: '您的企业已有编号为“{number}”的工程变更。请换一个编号。',
  },
  change_wrong_state: {
    status: 409,
    en: '"{moveEn}" is not possible: the change is {stateEn}. Your moves now: {possibleEn}.',
    zh: '不能执行“{moveZh}”：变更状态为“{stateZh}”。贵方当前可执行：{possibleZh}。',
  },
  not_your_move: {
    status: 403,
    en: '"{moveEn}" belongs to the {moverEn}; your organization is the {sideEn} of this change.',
    zh: '“{moveZh}”由{moverZh}执行；您的企业在此变更中是{sideZh}。',
  },
  affected_state: {
    status: 422,
    en: 'Revision {what} is {stateEn}, so it cannot be one that {effectEn}. Name drafts to release and released ones to retire.',
    zh: '版次 {what} 的状态为“{stateZh}”，不能“{effectZh}”。只能发布草稿、作废已发布的版次。',
  },
  partner_unknown: {
    status: 422,
    en: 'There is no active organization with the code "{partner}" on this platform. Check the code.',
    zh: '平台上没有代码为“{partner}”的可用企业。请检查代码。',
  },
  partner_twice: {
    status: 422,
    en: 'The organization "{partner}" is your own or is named twice. Name each partner once.',
    zh: '企业“{partner}”是贵方自身或重复。每个合作方只填一次。',
  },
});
