export { fingerprintHere, keep, type PushState, pushState, startWorker, turnOff, turnOn } from './device';
