// Package house keeps the walls where docs/house.md draws them: its tests read
// the source of the whole tree and say, for each thing in the wrong place, what
// to do instead. It has no code to call and uses the standard library only.
package house
