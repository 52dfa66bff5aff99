export { fold, matches } from './fold';
export { PeoplePicker, PersonPicker } from './PeoplePicker';
export { homeZone, ZonePicker } from './ZonePicker';
