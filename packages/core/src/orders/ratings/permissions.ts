import type { Permissions } from '../../access/index.js';

export const ratingPermissions: Permissions = {
  'orders.ratings.view': { en: 'See ratings and scores', zh: '查看评价和绩效', roles: ['trade', 'quality', 'production', 'viewer'] },
  'orders.ratings.give': { en: 'Rate orders and answer ratings', zh: '评价订单和回复评价', roles: ['trade', 'quality'] },
};
