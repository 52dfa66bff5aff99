export { AnswerPanel } from './AnswerPanel';
export { AskCards } from './AskCard';
export { type AskAct, dropRow, useAskActions } from './actions';
export { AskerActions, OwedList } from './Owed';
export * from './words';
