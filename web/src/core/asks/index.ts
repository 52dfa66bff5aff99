export { AnswerPanel } from './AnswerPanel';
export { AskCard, AskerActions, OwedList } from './AskCard';
export { type AskAct, dropRow, useAskActions } from './actions';
export * from './words';
