package app

import (
	"errors"
	"io"
	"os"
)

// ahead reads a large file around the system's memory, where it can, a piece
// ahead of whoever reads from it.
type ahead struct {
	rest []byte
	last []byte
	full chan []byte
	free chan []byte
	err  error // set before full is closed
}

// openAhead opens a file for reading. Close lets go of it, read to its end or not.
func openAhead(file string) (*ahead, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	a := &ahead{full: make(chan []byte), free: make(chan []byte, 3)}
	for range 3 {
		a.free <- make([]byte, straightPiece)
	}
	go a.run(f, openPast(file, os.O_RDONLY))
	return a, nil
}

func (a *ahead) Read(b []byte) (int, error) {
	if len(a.rest) == 0 {
		if a.last != nil {
			a.free <- a.last
		}
		a.last = <-a.full
		a.rest = a.last
		if len(a.rest) == 0 {
			return 0, a.err
		}
		a.last = a.last[:cap(a.last)]
	}
	n := copy(b, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// Close ends the reading.
func (a *ahead) Close() error {
	close(a.free)
	for range a.full { // until it has noticed
	}
	return nil
}

// run reads piece after piece until the file's end, an error, or Close.
func (a *ahead) run(f, past *os.File) {
	defer close(a.full)
	defer func() { _ = f.Close() }()
	if past != nil {
		defer func() { _ = past.Close() }()
	}
	for at := int64(0); a.err == nil; {
		b, ok := <-a.free
		if !ok {
			return
		}
		n, err := 0, error(nil)
		if past != nil && at%straightBlock == 0 {
			n, err = past.ReadAt(b, at)
		}
		if n == 0 && !errors.Is(err, io.EOF) { // nowhere but through memory
			n, err = f.ReadAt(b, at)
		}
		at += int64(n)
		a.err = err
		if n > 0 {
			a.full <- b[:n]
		}
	}
}
