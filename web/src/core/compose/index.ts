export { AskBuilder } from './AskBuilder';
export { type AskDraft, missing, newAsk, toNewAsk } from './askDraft';
export { useDraft } from './draft';
export { FileChips } from './FileChips';
export { ForecastPanel } from './ForecastPanel';
export { MarkdownField } from './MarkdownField';
export { ReplyComposer } from './ReplyComposer';
export { sizeOf, type Upload, useUploads } from './uploads';
