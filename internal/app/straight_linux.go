package app

import (
	"os"
	"syscall"
)

// openPast opens a file for reading or writing around the system's memory.
func openPast(file string, flag int) *os.File {
	f, err := os.OpenFile(file, flag|syscall.O_DIRECT, 0o600)
	if err != nil {
		return nil
	}
	return f
}
