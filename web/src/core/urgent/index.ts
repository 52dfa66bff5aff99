export { myPages, pageOfAsk, usePageAct } from './api';
export { PageActions, Verdict } from './PageActions';
export { PagePanel } from './PagePanel';
export { pageStateHue, pageStateWord } from './words';
