//go:build !linux

package app

import "os"

// openPast knows no such way here.
func openPast(string, int) *os.File { return nil }
