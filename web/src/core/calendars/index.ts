export { feedsQuery, useEndFeed, useMakeFeed } from './api';
export { FeedRow } from './FeedRow';
export { Secret } from './Secret';
