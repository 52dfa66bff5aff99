export { excerptOf, minutesFor, wordsIn } from './excerpt';
export { threadsQuery } from './queries';
export { ThreadList } from './ThreadList';
