export { Empty, Faces, Failed, Loading } from './Faces';
export { Key, KeyLine, mod, useKeys } from './keys';
export { MarkdownView, Marked } from './MarkdownView';
export { Page, Section, useTitle } from './Page';
export { Face, hueOf, initialsOf, Name, People, Person } from './Person';
export { type Hue, Row, Rows, SpaceDot, Tag } from './Row';
export { dismiss, Toasts, toast, toastError, undoLast } from './toast';
export { Due, When } from './When';
