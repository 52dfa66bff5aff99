//go:build !linux

package app

// Yield knows no such way here.
func Yield() {}
