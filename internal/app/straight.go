package app

import (
	"errors"
	"os"
)

const (
	straightPiece = 4 << 20 // bytes in one write
	straightBlock = 4 << 10 // what the disk wants its writes to be multiples of
)

// straight writes a large new file around the system's memory, where it can: the
// copying is saved, pages that others use stay in memory, and nobody who waits for
// the disk has to wait for gigabytes that the system has gathered for it. One
// piece is written while the next is filled.
type straight struct {
	f    *os.File // for the end of the file, and all of it where nothing else can be
	past *os.File // the same file, written around memory; nil where that cannot be

	buf    []byte
	full   chan []byte
	free   chan []byte
	failed chan error // one answer, when the writing is over
}

// create makes or empties a file for writing.
func create(file string) (*straight, error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	s := &straight{
		f: f, past: openPast(file, os.O_WRONLY), buf: make([]byte, 0, straightPiece),
		full: make(chan []byte), free: make(chan []byte, 2), failed: make(chan error, 1),
	}
	s.free <- make([]byte, 0, straightPiece)
	go s.run()
	return s, nil
}

// Write takes bytes; an error of the disk is told by Close.
func (s *straight) Write(b []byte) (int, error) {
	n := len(b)
	for len(b) > 0 {
		k := min(len(b), cap(s.buf)-len(s.buf))
		s.buf = append(s.buf, b[:k]...)
		b = b[k:]
		if len(s.buf) == cap(s.buf) {
			s.full <- s.buf
			s.buf = (<-s.free)[:0]
		}
	}
	return n, nil
}

// Close writes the rest and returns when all of it is on the disk.
func (s *straight) Close() error {
	s.full <- s.buf
	close(s.full)
	err := errors.Join(<-s.failed, s.f.Sync(), s.f.Close())
	if s.past != nil {
		err = errors.Join(err, s.past.Close())
	}
	return err
}

// run writes what is full. After an error it only empties the channel.
func (s *straight) run() {
	var at int64
	var failed error
	for b := range s.full {
		if failed == nil {
			failed = s.put(b, at)
		}
		at += int64(len(b))
		s.free <- b
	}
	s.failed <- failed
}

func (s *straight) put(b []byte, at int64) error {
	if whole := len(b) - len(b)%straightBlock; s.past != nil && whole > 0 {
		n, err := s.past.WriteAt(b[:whole], at)
		if err != nil && n == 0 { // this file system will not after all
			_ = s.past.Close()
			s.past = nil
		} else if err != nil {
			return err
		}
		b, at = b[n:], at+int64(n)
	}
	_, err := s.f.WriteAt(b, at)
	return err
}
