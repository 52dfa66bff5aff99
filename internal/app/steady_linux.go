package app

import (
	"os"
	"syscall"
)

const (
	waitBefore = 1
	startWrite = 2
	waitAfter  = 4
)

// flush sends part of a file to the disk and waits for it. It makes nothing last:
// a file system that knows no such call is only less steady.
func flush(f *os.File, from, n int64) {
	_ = syscall.SyncFileRange(int(f.Fd()), from, n, waitBefore|startWrite|waitAfter)
}
