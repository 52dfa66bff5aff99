package slack

import (
	"archive/zip"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"strings"
)

// listZip reads the table of contents and checks every line of it.
func (s *source) listZip(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return unreadable(s.label, err)
	}
	s.zip = f
	info, err := f.Stat()
	if err != nil {
		return unreadable(s.label, err)
	}
	if !info.Mode().IsRegular() {
		return refuse(s.label, "this is neither a zip file nor a folder; choose the zip file that Slack sent")
	}
	if declaredEntries(f, info.Size()) > uint64(s.limits.entries) {
		return s.tooMany()
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		b := refuse(s.label, "this is not a whole zip file; it was probably cut off on its way, so fetch the export again")
		b.err = err
		return b
	}
	return s.checkZip(z, info.Size())
}

func (s *source) tooMany() error {
	return refuse(s.label, "it holds more than %d files, which no Slack export does; choose the zip file that Slack sent", s.limits.entries)
}

func (s *source) checkZip(z *zip.Reader, size int64) error {
	if len(z.File) > s.limits.entries {
		return s.tooMany()
	}
	var total, packed uint64
	s.entries = make([]entry, 0, len(z.File))
	for _, f := range z.File {
		if err := s.checkPacked(f); err != nil {
			return err
		}
		total, packed = total+f.UncompressedSize64, packed+f.CompressedSize64
		if total > uint64(s.limits.total) {
			return refuse(s.label, "it would inflate to more than %d GiB, as a zip bomb does; ask Slack for a shorter period", s.limits.total>>30)
		}
		if !strings.HasSuffix(f.Name, "/") && !litter(f.Name) {
			s.entries = append(s.entries, entry{name: f.Name, size: int64(f.UncompressedSize64), packed: f})
		}
	}
	if packed > uint64(size) {
		return refuse(s.label, "its files lie over one another, as in a zip bomb; export again from Slack")
	}
	return nil
}

func (s *source) checkPacked(f *zip.File) error {
	if err := checkName(f.Name); err != nil {
		return err
	}
	mode := f.Mode()
	switch {
	case mode&fs.ModeSymlink != 0:
		return refuse(f.Name, "a link in place of a file is not followed; pack the export again without links")
	case mode&(fs.ModeType&^fs.ModeDir) != 0:
		return refuse(f.Name, "this is not an ordinary file; export again from Slack")
	case f.Flags&1 != 0:
		return refuse(f.Name, "the archive is locked with a password; unlock it first and pack it without one")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return refuse(f.Name, "it is packed in a way that is not understood; pack the export again as an ordinary zip file")
	}
	if f.UncompressedSize64 > uint64(s.limits.total) || f.CompressedSize64 > uint64(s.limits.total) {
		return refuse(f.Name, "it would inflate to more than %d GiB, as a zip bomb does; export again from Slack", s.limits.total>>30)
	}
	big := f.UncompressedSize64 > uint64(s.limits.free)
	if big && f.UncompressedSize64/uint64(s.limits.ratio) > f.CompressedSize64 {
		return refuse(f.Name, "it would inflate to more than %d times its size, as a zip bomb does; export again from Slack", s.limits.ratio)
	}
	return nil
}

// litter is what desktops leave in folders.
func litter(name string) bool {
	return strings.HasPrefix(name, "__MACOSX/") || name == ".DS_Store" || strings.HasSuffix(name, "/.DS_Store") ||
		strings.HasSuffix(name, "Thumbs.db")
}

// declaredEntries reads the count at the end of the file, because the standard reader
// makes room for every entry before it can be asked how many there are. Zero when the
// end is not found; the reader then says what is wrong.
func declaredEntries(r io.ReaderAt, size int64) uint64 {
	tail := make([]byte, min(size, 66_000))
	start := size - int64(len(tail))
	if _, err := r.ReadAt(tail, start); err != nil && err != io.EOF {
		return 0
	}
	at := strings.LastIndex(string(tail), "PK\x05\x06")
	if at < 0 || at+22 > len(tail) {
		return 0
	}
	count := uint64(binary.LittleEndian.Uint16(tail[at+10:]))
	if count != 0xffff || at < 20 || string(tail[at-20:at-16]) != "PK\x06\x07" {
		return count
	}
	record := make([]byte, 40)
	if _, err := r.ReadAt(record, int64(binary.LittleEndian.Uint64(tail[at-12:]))); err != nil {
		return count
	}
	return binary.LittleEndian.Uint64(record[32:])
}
