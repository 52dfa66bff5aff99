package app

import "os"

// steadyStep is how many bytes are written before the disk is told to take them.
const steadyStep = 8 << 20

// steady writes a large file so that the disk keeps up: what has been written is
// sent to it piece by piece. Otherwise the system gathers gigabytes, and whoever
// else waits for the disk then waits for all of them.
type steady struct {
	f    *os.File
	sent int64
	at   int64
}

func (s *steady) Write(b []byte) (int, error) {
	n, err := s.f.Write(b)
	s.at += int64(n)
	if err == nil && s.at-s.sent >= steadyStep {
		flush(s.f, s.sent, s.at-s.sent)
		s.sent = s.at
	}
	return n, err
}
