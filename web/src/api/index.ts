export { asks, inbox } from './asks';
export { auth } from './auth';
export { ApiProblem, sentenceOf } from './client';
export { ops } from './ops';
export { people } from './people';
export { posts, spaces, threads } from './spaces';
export type * from './types';
