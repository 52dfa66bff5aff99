//go:build race

package testkit

// Raced says that the race detector is on, which makes everything some ten times
// slower: the largest simulations are then smaller, and run whole without it.
const Raced = true
